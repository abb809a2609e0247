#!/bin/sh
# Builds the committed stylesheet and script from govuk-frontend. Run it where npm may write:
#   cp -r frontend /tmp/frontend && cd /tmp/frontend && npm install && OUT=/path/to/static/ui npm run build
set -eu
OUT=${OUT:-../static/ui}
FROM=node_modules/govuk-frontend/dist/govuk
NOTICE='/*! govuk-frontend 6.6.0, MIT licence, Copyright (c) 2017 Crown Copyright (Government Digital Service). */'

npx sass --no-source-map --no-charset --style=compressed --load-path=node_modules govuk.scss "$OUT/govuk.css.part"
{ echo "$NOTICE"; cat "$OUT/govuk.css.part"; } > "$OUT/govuk.css"
rm "$OUT/govuk.css.part"

# A named source map that is not there stops collectstatic, so the line that names it goes.
{ echo "$NOTICE"; sed 's,//# sourceMappingURL.*,,' "$FROM/govuk-frontend.min.js"; } > "$OUT/govuk-frontend.min.js"
