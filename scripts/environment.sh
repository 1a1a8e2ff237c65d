# Makes .venv from a hash-locked list, for `run` and `test`. Plain POSIX sh; sourced, not run.
# A stamp with the list's digest makes the next start skip everything. What was interrupted
# has no stamp and is done again; an environment broken off half made is made anew.

find_python() { # sets python: the first that is new enough and can make environments
    python='' cannot=''
    for name in ${PYTHON:-} python3.13 python3.12 python3.11 python3.14 python3 python; do
        path=$(command -v "$name" 2>/dev/null) || continue
        "$path" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
        if "$path" -c 'import ensurepip, venv' 2>/dev/null; then
            python=$path
            return 0
        fi
        cannot=${cannot:-$path}
    done
    if [ -n "$cannot" ]; then
        package=$("$cannot" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
        echo "$cannot cannot make environments. On Debian: apt install $package" >&2
    else
        echo 'Python 3.11 or later was not found. On Debian: apt install python3 python3-venv' >&2
    fi
    return 1
}

take_lock() { # file: one installation at a time; the lock of a process that is gone is taken over
    told=''
    # A link is made whole or not at all, so the lock always says whose it is.
    until ln -s "$$" "$1" 2>/dev/null; do
        owner=$(readlink "$1") || continue
        if ! kill -0 "$owner" 2>/dev/null; then
            rm -f "$1"
            continue
        fi
        [ -n "$told" ] || echo "Waiting for another installation (process $owner)"
        told=yes
        sleep 0.5
    done
}

is_sound() { # folder of an environment
    [ ! -e "$1.making" ] &&
        "$1/bin/python" -c 'import sys, pip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

make_venv() { # folder of the environment
    find_python || return 1
    echo "Making the environment with $("$python" --version) (.venv)"
    : >"$1.making"
    rm -rf "$1"
    "$python" -m venv "$1" && rm -f "$1.making"
}

with_pip() { # folder, list
    "$1/.venv/bin/python" -m pip install --quiet --quiet --disable-pip-version-check \
        --require-hashes -r "$1/$2"
}

install_list() { # folder, list: with uv in seconds, where it can be had, else with pip
    if [ ! -x "$1/.venv/bin/uv" ]; then
        with_pip "$1" scripts/uv.txt 2>/dev/null || true
    fi
    if [ -x "$1/.venv/bin/uv" ] && with_uv "$1" "$2"; then
        return 0
    fi
    echo '  … with pip, which takes up to a minute'
    with_pip "$1" "$2"
}

with_uv() { # folder, list; uv does not read pip's configuration, so it is told the index
    (
        index=${PIP_INDEX_URL:-$("$1/.venv/bin/python" -m pip config get global.index-url 2>/dev/null)}
        [ -z "$index" ] || export UV_INDEX_URL="${UV_INDEX_URL:-$index}"
        export UV_PYTHON_DOWNLOADS=never  # --system-certs: many networks have an authority of their own
        "$1/.venv/bin/uv" pip install --quiet --system-certs --python "$1/.venv/bin/python" \
            --require-hashes -r "$1/$2" 2>"$1/.venv/uv.log"
    )
}

is_installed() { # stamp, digest, python
    [ -f "$1" ] && [ "$(cat "$1")" = "$2" ] && "$3" -c '' 2>/dev/null
}

make_environment() { # folder, list
    stamp="$1/.venv/$(echo "$2" | tr / _).stamp"
    digest=$(cksum <"$1/$2")
    is_installed "$stamp" "$digest" "$1/.venv/bin/python" && return 0
    lock="$1/.venv.lock"
    take_lock "$lock"
    trap 'rm -f "$lock"' EXIT
    trap 'exit 130' INT TERM HUP
    done=0
    if ! is_installed "$stamp" "$digest" "$1/.venv/bin/python"; then
        { is_sound "$1/.venv" || make_venv "$1/.venv"; } &&
            rm -f "$stamp" &&
            echo "Installing what $2 lists, checked by hash" &&
            install_list "$1" "$2" &&
            echo "$digest" >"$stamp" || done=1
    fi
    rm -f "$lock"
    trap - EXIT INT TERM HUP
    return $done
}
