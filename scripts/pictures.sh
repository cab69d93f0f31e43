#!/usr/bin/env bash
# Makes the pictures of docs/ again from what the command line really prints: bash scripts/pictures.sh (after npm start).
set -euo pipefail
cd "$(dirname "$0")/.."
workspace="$(mktemp -d)"
trap 'rm -rf "$workspace"' EXIT
cp demo/lastpenny.yaml "$workspace/"
{
  echo '$ npx lastpenny measure ./exports'
  echo
  COLUMNS=108 node bin/lastpenny.js measure demo/exports --workspace "$workspace" 2>/dev/null |
    node --import tsx scripts/excerpt.ts
} | node --import tsx scripts/picture.ts docs/pictures/measure.svg 'lastpenny measure ./exports'

# The app, as a browser shows it.
node --import tsx scripts/app-pictures.ts
