"""Tally: a bilingual static site in which every number is a reference to a cell.

Data flows one way, and so do the imports; `site` runs the six stages, and each row's module gives the type
behind the arrow:

    load      source    the folder as bytes            -> Folder
    validate  project   typed and cross-checked        -> Project   (document, model, crosscheck, citation)
    derive    book      every figure under its name    -> Book      (quantity, formula; audit, stray, verdict)
    figure    figure    tables and pictures of charts  -> Drawing   (chart, forms, theme)
    render    page      every file of the site         -> Pages     (view, prose, article, download)
    write     output    in the place of the old site   -> Changes   (draft)

Nothing here knows what any site is about: that is in `data/` and `content/`.
"""
