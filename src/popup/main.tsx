import '../ui/theme.css';
import '../ui/components.css';
import './popup.css';
import './reply.css';
import './people.css';
import './secrets.css';
import { render } from 'preact';
import { Popup } from './popup.tsx';

const root = document.getElementById('root');
if (root) render(<Popup />, root);
