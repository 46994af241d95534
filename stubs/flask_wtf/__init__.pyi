# Flask-WTF has no types of its own: what we use of it, as it is.

from flask_wtf.csrf import CSRFProtect as CSRFProtect
from flask_wtf.form import FlaskForm as FlaskForm
