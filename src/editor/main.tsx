import '../ui/theme.css';
import '../ui/components.css';
import './editor.css';
import './properties.css';
import './stage.css';
import { render } from 'preact';
import { Editor } from './editor.tsx';
import { parseEditorAddress } from './editor-address.ts';

const root = document.getElementById('root');
if (root) render(<Editor address={parseEditorAddress(location.hash)} />, root);
