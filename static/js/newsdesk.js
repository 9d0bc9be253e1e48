// The scripts of every page. `collectstatic` puts them in the place of these lines: newsdesk/static.py.

import "./page.js";
import "./reading.js";
import "./keys.js";
import "./brush.js";
import "./unsaved.js";
