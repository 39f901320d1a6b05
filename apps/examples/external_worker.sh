#!/bin/sh
# A worker for external_program.json: for each request, a line, it answers with the sum of squares.
while IFS= read -r request; do
  id=${request#*\"id\": }
  id=${id%%,*}
  position=${request#*\[}
  position=${position%\]*}
  printf '%s\n' "$position" | tr ',' '\n' |
    awk -v id="$id" '{ sum += $1 * $1 } END { printf "{\"id\": %s, \"objectives\": [%.17g]}\n", id, sum }'
done
