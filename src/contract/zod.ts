import * as z from 'zod/mini';

// Without this zod tries `new Function` on its first use, which our content security policy refuses and reports.
z.config({ jitless: true });

export { z };
