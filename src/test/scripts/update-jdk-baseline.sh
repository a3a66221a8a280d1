#!/usr/bin/env bash
# Writes src/main/resources/security/jdk-baseline.properties anew from a list of releases:
#
#   curl -fsS 'https://api.adoptium.net/v3/info/release_versions?release_type=ga&page_size=50&sort_order=DESC&version=[8.0,100)' > releases.json
#   src/test/scripts/update-jdk-baseline.sh releases.json 2026-10-20
#
# The second argument is the day of OpenJDK's security releases (https://openjdk.org/groups/vulnerability/advisories/): January, April, July and October.
# Any JSON with openjdk_version or semver fields will do, as of https://api.adoptium.net/v3/assets/latest/21/hotspot. A version that is newer than the
# table's becomes the newest, with that day; the table's becomes the one before it. An update between two such days (a fourth number) changes nothing. Lines
# of versions that have ended, and a version that is new, are written by hand. BASELINE names another table, TODAY another day.
set -euo pipefail
cd "$(dirname "$0")/../../.."
[ $# = 2 ] && [ -r "$1" ] || { sed -n '2,11s/^# \{0,1\}//p' "$0" >&2; exit 2; }
[[ $2 =~ ^20[0-9]{2}-[01][0-9]-[0-3][0-9]$ ]] || { echo "$2 is no day of the form 2026-10-20." >&2; exit 2; }
table=${BASELINE:-src/main/resources/security/jdk-baseline.properties}
today=${TODAY:-$(date -u +%F)}

# FEATURE and VERSION of every release in the list, the newest of each feature last. Java 8 is told as 1.8.0_512, 8u512 or 8.0.512.
versions=$(grep -oE '"(openjdk_version|semver)" *: *"[^"]+"' "$1" | sed -E 's/.*"([^"]+)"$/\1/' | sed -E '/-(ea|beta)/d
  s/^(1\.8\.0_|8u|8\.0\.)([0-9]+).*/8 8u\2/; t
  s/^([0-9]+)(\.[0-9]+)?(\.[0-9]+)?.*/\1 \1\2\3/; s/(\.0)+$//' | sort -u -V)
[ -n "$versions" ] || { echo "$1 has no openjdk_version or semver in it: download it again." >&2; exit 1; }

changed=
while IFS= read -r line; do
  feature=${line%%=*}
  read -r known _ _ <<< "${line#*=}" || true
  case $line in
    date=*) line=date=$today ;;
    [0-9]*=ended* | '#'* | '') ;;
    [0-9]*=*)
      newest=$(awk -v feature="$feature" '$1 == feature {version = $2} END {print version}' <<< "$versions")
      if [ -n "$newest" ] && [ "$newest" != "$known" ] && [ "$(printf '%s\n' "$known" "$newest" | sort -V | tail -n 1)" = "$newest" ]; then
        line="$feature=$newest $2 $known"
        echo "$feature: $known -> $newest" >&2
      fi
      ;;
  esac
  changed+=$line$'\n'
done < "$table"
printf '%s' "$changed" > "$table.new"
mv "$table.new" "$table"
