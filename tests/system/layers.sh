#!/bin/sh
# Each third-party header is named in one file of one layer, and a forbidden include does not
# compile: the include path is the guard. Nothing strays into the top of the tree.
set -eu
cd "${SOURCE_DIR:-.}"
failed=0

only_in() { # pattern, file...
    pattern=$1
    shift
    found=$(grep -rlE "^#include <$pattern" src --include='*.c' --include='*.h' | sort | tr '\n' ' ')
    wanted=$(printf '%s\n' "$@" | sort | tr '\n' ' ')
    [ "$found" = "$wanted" ] || {
        echo "<$pattern...> is named in '$found', expected in '$wanted'"
        failed=1
    }
}

. tests/system/third_party.list

probe=$(mktemp -d)
trap 'rm -rf "$probe"' EXIT
forbidden() { # layer, header
    flags=$(python3 - "$BUILD_DIR/compile_commands.json" "src/$1/" <<'EOF'
import json, shlex, sys
for entry in json.load(open(sys.argv[1])):
    if sys.argv[2] in entry["file"]:
        words = shlex.split(entry["command"])
        print(" ".join(word for word in words if word.startswith(("-I", "-D", "-std"))))
        break
EOF
)
    printf '#include "%s"\n' "$2" >"$probe/probe.c"
    # shellcheck disable=SC2086
    if cc $flags -fsyntax-only "$probe/probe.c" 2>/dev/null; then
        echo "src/$1 can see $2"
        failed=1
    fi
}
forbidden base config.h
forbidden config extract.h
forbidden i18n config.h
forbidden extract dataset.h
forbidden record measures.h
forbidden record pack.h
forbidden measure extract.h
forbidden measure doc.h
forbidden write config.h
forbidden write measures.h
forbidden write dataset.h

if [ -d .git ]; then
    git ls-files | cut -d / -f 1 | sort -u | while read -r name; do
        case $name in
        .*|CMakeLists.txt|CMakePresets.json|LICENSE|README.md|bootstrap|config|out|src|templates|tests) ;;
        *) echo "'$name' has no place at the top of the tree"; exit 1 ;;
        esac
    done || failed=1
fi
exit $failed
