#include <unistd.h>

#include <iostream>

#include "apps/skein/command_line.hpp"
#include "apps/skein/debugger.hpp"
#include "apps/skein/exit_code.hpp"
#include "apps/skein/output.hpp"
#include "apps/skein/plugins.hpp"
#include "skein/json.hpp"

namespace skein::tool {
namespace {

constexpr const char* examples =
    "  skein debug apps/examples/rastrigin.json\n"
    "  printf 'break main loop/evaluate\\ncontinue\\nprint swarm.fitness 0\\n' | skein debug "
    "apps/examples/rastrigin.json\n"
    "The command help says what can be typed.\n";

std::string state_name(RunState state) {
  switch (state) {
    case RunState::ready:
      return "ready";
    case RunState::pending:
      return "pending";
    case RunState::failed:
      return "failed";
    case RunState::finished:
      break;
  }
  return "finished";
}

/// One object in one line for each command.
std::string answer_json(const std::string& line, const Debugger::Answer& answer, const Run& run) {
  Object object;
  add(object, "command", line);
  add(object, "state", state_name(run.state()));
  add(object, "node", run.next_node());
  add(object, "text", answer.text);
  if (!answer.values.is_null()) add(object, "values", answer.values);
  if (!answer.diagnostics.empty()) add(object, "diagnostics", to_value(answer.diagnostics));
  return write_json(object, JsonLayout::one_line) + "\n";
}

/// Reads commands to the end. With a terminal there is a prompt, and mistakes do no harm.
int converse(const Job& job, Run& run, bool json) {
  Debugger debugger(job, run);
  const bool is_terminal = ::isatty(STDIN_FILENO) == 1;
  bool had_mistakes = false;
  if (is_terminal && !json && !print(debugger.where() + "\n")) return exit_failed;
  for (std::string line; true;) {
    if (is_terminal && !json && !print("> ")) return exit_failed;
    if (!std::getline(std::cin, line)) break;
    const Debugger::Answer answer = debugger.execute(line);
    had_mistakes |= answer.diagnostics.has_errors();
    if (!print(json ? answer_json(line, answer, run) : answer.text)) return exit_failed;
    if (!json) {
      for (const Diagnostic& diagnostic : answer.diagnostics.items()) say(to_text(diagnostic) + "\n");
    }
    if (answer.is_end) break;
  }
  if (run.state() == RunState::failed) return exit_failed;
  return had_mistakes && !is_terminal ? exit_wrong_input : exit_done;
}

}  // namespace

int debug_verb(const Arguments& arguments) {
  std::string file;
  CommonOptions common;
  CommandLine line("debug", "Runs a run document node by node, by commands from standard input.", examples);
  line.add_argument("DOC", file, "run document");
  line.add_seed_and_threads(common);
  line.add_assignments(common);
  line.add_plugins(common);
  line.add_json(common);
  if (const auto code = line.parse(arguments)) return *code;

  Diagnostics diagnostics;
  RunOptions options;
  apply(common, line, options, diagnostics);
  const Session session = open_session(common, diagnostics);
  const auto document = session.load_run(file, common.assignments, diagnostics);
  auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  if (!job || diagnostics.has_errors()) return refuse(diagnostics, common.json);
  print_diagnostics(diagnostics);
  if (line.has("--seed")) job->options.seed = options.seed;
  if (line.has("--threads")) job->options.threads = options.threads;
  job->options.fuse = false;  // then every variable has its content after every node
  Run run(job->plan, job->options);
  return converse(*job, run, common.json);
}

}  // namespace skein::tool
