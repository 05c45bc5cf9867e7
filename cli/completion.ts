import tab from "@bomb.sh/tab/commander";
import type { Command } from "commander";

/**
 * Adds `completion`, which prints a shell's script, and `complete`, which answers it.
 *
 * The answers are the library's. Its scripts are not used, because they evaluate what is typed: an unfinished line
 * would run.
 */
export function addCompletion(program: Command): void {
  tab(program, { completionCommandName: "completion" });
  const command = program.commands.find((each) => each.name() === "completion");
  command
    ?.description("print a script that lets the tab key complete, for bash, zsh or fish")
    .addHelpText("after", "\nExamples:\n  umapi completion fish | source\n  source <(umapi completion bash)\n");
  const [shell] = command?.registeredArguments ?? [];
  shell?.choices(Object.keys(scripts));
  command?.action((name: keyof typeof scripts) => {
    program.configureOutput().writeOut?.(scripts[name]);
  });
}

/** Each shell offers files if there is no answer. */
const scripts = {
  bash: `_umapi() {
  local answer
  COMPREPLY=()
  while IFS=$'\\t' read -r answer _; do
    [[ $answer == :* ]] || COMPREPLY+=("$answer")
  done < <(umapi complete -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _umapi umapi
`,
  zsh: `#compdef umapi
_umapi() {
  local -a answers
  answers=("\${(@f)$(umapi complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)}")
  answers=("\${(@)answers:#:*}")
  answers=("\${(@)answers%%$'\\t'*}")
  answers=("\${(@)answers:#}")
  if (( \${#answers} )); then compadd -a answers; else _files; fi
}
compdef _umapi umapi
`,
  fish: `complete -c umapi -a '(umapi complete -- (commandline -opc)[2..-1] (commandline -ct) 2>/dev/null | string match -v ":*")'
`,
};
