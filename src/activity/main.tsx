import '../ui/theme.css';
import '../ui/components.css';
import '../ui/page.css';
import './activity.css';
import { render } from 'preact';
import { Activity } from './activity.tsx';

const root = document.getElementById('root');
if (root) render(<Activity />, root);
