#compdef typefoundry
# Completion of typefoundry in zsh: source <(typefoundry complete zsh), behind compinit
_typefoundry() {
    local -a found end
    found=("${(@f)$("${words[1]}" complete zsh -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    found=("${(@)found:#}")
    # More is to come behind a colon.
    [[ ${#found} != 1 || $found[1] != *\\:(:*|) ]] || end=(-S '')
    if (( ${#found} )); then
        _describe -V typefoundry found "${end[@]}"
    else
        compset -P '--*='
        _files
    fi
}
compdef _typefoundry typefoundry
