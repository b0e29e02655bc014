"""The settings of the site, with the probe."""

from pelicanconf import *  # noqa: F403

PLUGIN_PATHS = ["."]
PLUGINS = ["probe"]
