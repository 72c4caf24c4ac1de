import '../ui/theme.css';
import '../ui/components.css';
import '../ui/page.css';
import './options.css';
import { render } from 'preact';
import { Options } from './options.tsx';

const root = document.getElementById('root');
if (root) render(<Options />, root);
