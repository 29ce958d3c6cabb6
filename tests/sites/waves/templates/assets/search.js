// looks things up
