#include <algorithm>
#include <array>
#include <exception>
#include <string_view>

#include "apps/skein/exit_code.hpp"
#include "apps/skein/output.hpp"
#include "apps/skein/verbs.hpp"

namespace skein::tool {
namespace {

struct Verb {
  std::string_view name;
  int (*run)(const Arguments& arguments);
};

constexpr std::array verbs = {Verb{"run", &run_verb},       Verb{"validate", &validate_verb},
                              Verb{"fmt", &fmt_verb},       Verb{"evaluate", &evaluate_verb},
                              Verb{"list", &list_verb},     Verb{"describe", &describe_verb},
                              Verb{"graph", &graph_verb},   Verb{"debug", &debug_verb},
                              Verb{"schema", &schema_verb}, Verb{"check-plugin", &check_plugin_verb},
                              Verb{"new", &new_verb}};

constexpr std::string_view help =
    R"(Usage: skein VERB [ARGUMENTS]

Skein runs optimization algorithms that are graphs of small operators.

  run DOC               runs a run document and reports what it found
  validate DOC...       finds everything that is wrong with documents, without running them
  fmt DOC...            rewrites documents in canonical form; comments are kept
  evaluate PROBLEM|DOC  computes values of a problem at given points
  list [KIND]           shows operators, roles, encodings, problems, algorithms or plugins
  describe NAME         says all about one of these: ports, parameters, an example
  graph DOC|NAME        draws an operator graph, as dot, svg, mermaid or json
  debug DOC             runs a run document node by node: breakpoints, steps, variables
  schema                prints the JSON schema of documents, for editors
  check-plugin FILE     loads a plugin in a child process and tests what it adds
  new plugin NAME       writes a plugin to start from: sources, test, example

  skein VERB --help     shows the options of a verb
  skein --version       shows the version
  skein --help          shows this text

Plugins are loaded from --plugin FILE, from the folders of SKEIN_PLUGIN_PATH, and from ../lib/skein/plugins beside skein.
Every verb takes --json and then prints JSON on standard output. Progress, warnings and errors go to standard error.

Exit codes:
    0  done
    1  the run failed, output failed during it, or fmt --check found a document that is not canonical,
       or check-plugin something wrong with a plugin
    2  the input is wrong: arguments, documents, files that cannot be read or written
    3  the run paused for want of memory, after writing the result so far and its state: it can be resumed
  130  interrupted by SIGINT or SIGTERM, after writing the result so far; a second signal, half a second
       later or more, ends at once

Examples:
  skein run apps/examples/rastrigin.json
  skein run apps/examples/rastrigin.json --seed 7 --set algorithm.parameters.swarm_size=80 --output result.json
  skein validate apps/examples/rastrigin.json
  skein evaluate rastrigin --at 0.5,0.5,0.5
  skein list problems
  skein describe particle_swarm
  skein graph apps/examples/rastrigin.json --format mermaid
  skein debug apps/examples/rastrigin.json
)";

int misuse(std::string message, std::string suggestion, const Arguments& arguments) {
  Diagnostics diagnostics;
  std::string expected;
  for (const Verb& verb : verbs) {
    const bool is_last = &verb == &verbs.back();
    expected += (&verb == &verbs.front() ? "" : is_last ? " or " : ", ") + std::string(verb.name);
  }
  diagnostics.add(bad_argument(std::move(message), std::move(expected), "", std::move(suggestion)));
  return refuse(diagnostics, std::ranges::find(arguments, "--json") != arguments.end());
}

int dispatch(const Arguments& arguments) {
  if (arguments.empty()) return misuse("a verb is missing", "skein --help", arguments);
  const std::string& first = arguments.front();
  if (first == "--help" || first == "-h" || first == "help") return print_and_exit(help);
  if (first == "--version") return print_and_exit("skein " SKEIN_VERSION "\n");
  std::vector<std::string> names = {"--help", "--version"};
  for (const Verb& verb : verbs) {
    if (verb.name == first) return verb.run(Arguments(arguments.begin() + 1, arguments.end()));
    names.emplace_back(verb.name);
  }
  return misuse("there is no verb '" + first + "'", nearest_name(first, names), arguments);
}

}  // namespace
}  // namespace skein::tool

int main(int argument_count, char** arguments) {
  const bool has_output = skein::tool::prepare_standard_streams();
  try {
    if (has_output) return skein::tool::dispatch({arguments + std::min(argument_count, 1), arguments + argument_count});
    skein::tool::say("error: standard output is closed\n");
    return skein::tool::exit_wrong_input;
  } catch (const std::exception& exception) {
    skein::tool::say(std::string("error: ") + exception.what() + "\n");
    return skein::tool::exit_failed;
  }
}
