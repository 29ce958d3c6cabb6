"""Tally: a bilingual static site in which every number is a reference to a cell.

Data flows one way, and so do the imports:

    load      source      the folder as bytes          -> Sources
    validate  project     typed and cross-checked      -> Project   (document, model)
    derive    book        every figure under its name  -> Book      (quantity, formula)
    figure    chart       tables and Plotly figures    -> Drawing   (form, theme)
    render    page        every file of the site       -> Artifacts (wording, article, download)
    write     output      onto the disk

Nothing here knows what any site is about: that is in `data/` and `content/`.
"""
