# What does zsh offer for command lines? Reads them from standard input and
# prints for each one line of what is offered, blank-separated.
#
# usage: zsh -f completions.zsh FOLDER_OF_COMPLETIONS SCRATCH_FOLDER
#
# Completion works in an interactive shell only, so that one is started behind
# a terminal. Whatever is offered goes through compadd.
emulate -R zsh
zmodload zsh/zpty zsh/zselect || exit 1
typeset -a hits
typeset folder=$1 scratch=$2 offered=$2/offered

cat >$scratch/setup <<'SETUP'
PS1= PS2= RPS1=
unset zle_bracketed_paste
fpath=($folder $fpath)
autoload -Uz compinit
compinit -u -d $scratch/dump
compadd() {
  if (( $@[(I)-[OAD]*] == 0 )); then
    local -a hits
    local suffix=
    [[ $@[(i)-S] -le $# ]] && suffix=$@[$@[(i)-S]+1]
    builtin compadd -O hits "$@"
    (( $#hits )) && print -rl -- ${hits/%/$suffix} >>$offered
  fi
  builtin compadd "$@"
}
offer() {
  _main_complete
  print -r -- --end-- >>$offered
  compstate[insert]= compstate[list]=
}
zle -C offer complete-word offer
bindkey '^T' offer
bindkey '^U' kill-whole-line
print -r -- --end-- >>$offered
SETUP

wait_for_end() {
  local i
  for ((i = 0; i < 1000; i++)); do
    [[ -f $offered && $(tail -n 1 $offered) == --end-- ]] && return
    zselect -t 2
  done
  print -ru2 -- "zsh does not answer: $1"
  exit 1
}

zpty shell zsh -f -i
zpty -w shell "folder=$folder scratch=$scratch offered=$offered"
zpty -w shell "source $scratch/setup"
wait_for_end setup
while IFS= read -r line; do
  : >$offered
  zpty -n -w shell $'\C-U'$line$'\C-T'
  wait_for_end $line
  hits=(${(f)"$(<$offered)"})
  print -r -- $hits[1,-2]
done
zpty -d shell
