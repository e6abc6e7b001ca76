#compdef typefoundry
# Completion of typefoundry in zsh: source <(typefoundry complete zsh), behind compinit
_typefoundry() {
    local -a found
    found=("${(@f)$("${words[1]}" complete zsh -- "${(@Q)words[2,CURRENT]}" 2>/dev/null)}")
    found=("${(@)found:#}")
    if (( ${#found} )); then
        _describe -V typefoundry found
    else
        _files
    fi
}
compdef _typefoundry typefoundry
