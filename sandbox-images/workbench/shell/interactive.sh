# Read by every interactive bash.
[ "$(cat /proc/self/oom_score_adj 2>/dev/null)" -ge 500 ] 2>/dev/null || echo 500 2>/dev/null > /proc/self/oom_score_adj

PS1='\[\e[1;34m\]\w\[\e[0m\]$(__worksample_branch)\n\[\e[1;32m\]\$\[\e[0m\] '
__worksample_branch() {
  local head
  head=$(git symbolic-ref --short HEAD 2>/dev/null) && printf ' \001\e[2m\002(%s)\001\e[0m\002' "$head"
}
PROMPT_DIRTRIM=3
HISTCONTROL=ignoreboth
HISTSIZE=10000
shopt -s histappend checkwinsize globstar

alias ls='ls --color=auto'
alias ll='ls -lh --color=auto'
alias la='ls -lAh --color=auto'
alias grep='grep --color=auto'

[ -r /usr/share/bash-completion/bash_completion ] && . /usr/share/bash-completion/bash_completion
