# Completion of typefoundry in fish: typefoundry complete fish | source
function __typefoundry_complete
    set -l words (commandline -opc)
    command $words[1] complete fish -- $words[2..-1] (commandline -ct) 2>/dev/null
end
complete -c typefoundry -f -k -a '(__typefoundry_complete)'
complete -c typefoundry -n 'test -z "$(__typefoundry_complete)"' -F
