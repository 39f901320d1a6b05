#include <algorithm>
#include <string_view>

#include "apps/skein/command_line.hpp"
#include "apps/skein/drawing.hpp"
#include "apps/skein/exit_code.hpp"
#include "apps/skein/output.hpp"
#include "apps/skein/plugins.hpp"
#include "apps/skein/used_files.hpp"
#include "skein/text_file.hpp"

namespace skein::tool {
namespace {

constexpr const char* examples =
    "  skein graph particle_swarm\n"
    "  skein graph apps/examples/rastrigin.json --format mermaid\n"
    "  skein graph apps/examples/random_search.json --format json\n"
    "  skein graph particle_swarm_main_loop --output main_loop.dot\n"
    "  skein graph apps/examples/rastrigin.json --plan\n"
    "SVG needs the program dot: skein graph particle_swarm --format svg --output particle_swarm.svg\n";

struct GraphArguments {
  std::string graph;
  std::string format;
  std::string output;
  bool plan = false;
  CommonOptions common;
};

std::vector<std::string> formats() { return {"dot", "svg", "mermaid", "json"}; }

void check_arguments(GraphArguments& given, const CommandLine& line, Diagnostics& diagnostics) {
  const std::vector<std::string> known = formats();
  const bool is_known = std::ranges::find(known, given.format) != known.end();
  if (line.has("--format") && !is_known) {
    diagnostics.add(bad_argument("there is no format '" + given.format + "'", "dot, svg, mermaid or json", "",
                                 nearest_name(given.format, known)));
  } else if (line.has("--format") && given.common.json && given.format != "json") {
    diagnostics.add(bad_argument("--json and --format " + given.format + " cannot be given together", "one of them"));
  }
  if (given.plan && line.has("--format") && given.format != "json") {
    diagnostics.add(
        bad_argument("a plan is no drawing", "--plan by itself or with --json", "--format " + given.format));
  }
  if (!line.has("--format")) given.format = given.common.json ? "json" : "dot";
  if (line.has("--output")) static_cast<void>(check_writable(given.output, diagnostics));
}

/// The name of a registered graph comes before a file of that name; "./name" is the file.
std::optional<GraphView> view(const Session& session, const std::string& graph, Diagnostics& diagnostics) {
  if (const auto registered = session.registry().find_graph(graph)) return session.view(registered, diagnostics);
  if (graph.find_first_of("/.") != std::string::npos) return session.view(graph, diagnostics);
  std::vector<std::string> known;
  for (const auto& entry : session.registry().graphs()) known.push_back(entry.name);
  diagnostics.add(bad_argument("there is no graph '" + graph + "'", "the name of a graph, or a file such as graph.json",
                               "", nearest_name(graph, known)));
  return std::nullopt;
}

std::optional<std::string> draw(const GraphView& view, const std::string& format, Diagnostics& diagnostics) {
  if (format == "json") return draw_json(view);
  if (format == "mermaid") return draw_mermaid(view);
  std::string dot = draw_dot(view);
  return format == "svg" ? svg_of(dot, diagnostics) : std::optional(std::move(dot));
}

std::optional<std::string> plan_of_run(const Session& session, const GraphArguments& given, Diagnostics& diagnostics) {
  if (session.registry().find_graph(given.graph) != nullptr) {
    diagnostics.add(bad_argument("'" + given.graph + "' is a graph: only a run has a plan",
                                 "a run document, such as apps/examples/rastrigin.json"));
    return std::nullopt;
  }
  const auto document = session.load_run(given.graph, {}, diagnostics);
  const auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  if (!job) return std::nullopt;
  const PlanView view = view_plan(*job->plan);
  return given.format == "json" ? draw_plan_json(view) : draw_plan(view);
}

std::optional<std::string> draw(const Session& session, const GraphArguments& given, Diagnostics& diagnostics) {
  if (given.plan) return plan_of_run(session, given, diagnostics);
  const auto seen = view(session, given.graph, diagnostics);
  return seen ? draw(*seen, given.format, diagnostics) : std::nullopt;
}

}  // namespace

int graph_verb(const Arguments& arguments) {
  GraphArguments given;
  CommandLine line("graph", "Draws an operator graph: what comes after what, and who reads what others write.",
                   examples);
  line.add_argument("GRAPH", given.graph, "graph document, run document, or name of a graph");
  line.add_text("--format", given.format, "FORMAT", "dot (the default), svg, mermaid or json");
  line.add_text("--output", given.output, "FILE", "file for the drawing, in place of standard output");
  line.add_flag("--plan", given.plan, "of a run document: how it runs, step by step, and what shares a pipeline");
  line.add_plugins(given.common);
  line.add_json(given.common);
  if (const auto code = line.parse(arguments)) return *code;

  Diagnostics diagnostics;
  check_arguments(given, line, diagnostics);
  if (diagnostics.has_errors()) return refuse(diagnostics, given.common.json);
  const Session session = open_session(given.common, diagnostics);
  const bool is_name = session.registry().find_graph(given.graph) != nullptr;
  if (!is_name) check_distinct({{"GRAPH", given.graph, false}, {"--output", given.output}}, diagnostics);
  if (diagnostics.has_errors()) return refuse(diagnostics, given.common.json);
  const auto drawing = draw(session, given, diagnostics);
  if (!drawing) return refuse(diagnostics, given.common.json);
  const bool written = !line.has("--output") || write_file_atomically(given.output, *drawing, diagnostics);
  print_diagnostics(diagnostics);
  const bool printed = line.has("--output") || print(*drawing);
  if (!written || !printed) return exit_failed;
  return diagnostics.has_errors() ? exit_wrong_input : exit_done;
}

}  // namespace skein::tool
