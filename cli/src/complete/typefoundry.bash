# Completion of typefoundry in bash: source <(typefoundry complete bash)
_typefoundry() {
    local word
    COMPREPLY=()
    while IFS= read -r word; do
        COMPREPLY+=("$word")
    done < <("${COMP_WORDS[0]}" complete bash --line "${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
    # More is to come behind a colon.
    [[ ${#COMPREPLY[@]} != 1 || ${COMPREPLY[0]} != *: ]] || compopt -o nospace 2>/dev/null
}
complete -o default -F _typefoundry typefoundry
