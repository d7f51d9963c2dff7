/** What every window loads first: the faces with their Vietnamese block, the tokens, the resets. */
import '@fontsource/be-vietnam-pro/400.css';
import '@fontsource/be-vietnam-pro/600.css';
import '@fontsource/be-vietnam-pro/700.css';
import './tokens.css';
import './base.css';
