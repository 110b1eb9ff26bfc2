#!/bin/sh
# The man page lists every message id and every option; the completions know every option and verb.
set -eu
cd "$SOURCE_DIR"
program=$1
page=src/man/sefpack.1
failed=0
plain=$(sed 's/\\-/-/g' "$page")

# An id is two words with a dot; names of files and of config keys look like it and are left out.
groups=$(printf '%s\n' "$plain" | sed -n 's/^\.SS //p' | tr '\n' '|')
ids=$(grep -rhoE "\"(${groups}mail|send|template|write|eml|theme)\.[a-z_]+\"" src --include='*.c' |
    tr -d '"' | grep -vE '\.(h|def|html|css|json|yaml|csv|sqlite|eml|pdf)$' |
    grep -vxE 'mail\.(from|to|allow|smtp)|out\.dir' | sort -u)
[ "$(printf '%s\n' "$ids" | wc -l)" -gt 60 ] || { echo "only few message ids were found"; failed=1; }
for id in $ids; do
    printf '%s\n' "$plain" | grep -qxF ".B $id" || { echo "$page: no message $id"; failed=1; }
done

options=$("$program" --help | grep -oE '^ +(-[a-z], )?--[a-z-]+' | grep -oE -- '--[a-z-]+' | sort -u)
[ "$(printf '%s\n' "$options" | wc -l)" -gt 10 ] || { echo "only few options were found"; failed=1; }
for option in $options; do
    printf '%s\n' "$plain" | grep -qE "^\.B (-., )?$option( |$)" || { echo "$page: no option $option"; failed=1; }
    for file in sefpack _sefpack sefpack.fish; do
        grep -qE -- "(--|-l )${option#--}([^a-z-]|$)" "src/man/completion/$file" ||
            { echo "src/man/completion/$file: no option $option"; failed=1; }
    done
done
exit $failed
