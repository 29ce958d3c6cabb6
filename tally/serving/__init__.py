"""Serving: the site on this machine while somebody writes it, with what is wrong laid over the page.

`build.py serve` alone stands on this package. `server` runs it; `application` answers browsers, `workshop` has the site
made anew when `lookout` sees the disk change, and tells every open page of its `audience`. Pages get one script more
than in a built site, `templates/serve/serve.js`, which follows what it is told. Nothing here is part of a build.
"""
