// A program that uses Skein as a library: it loads plugins, looks through the catalogue, runs a swarm, and has a second
// session with a catalogue of its own. docs/tutorial_host.md explains it.
#include <algorithm>
#include <cstddef>
#include <iomanip>
#include <iostream>
#include <span>
#include <string>
#include <string_view>

#include "skein/encodings/real_vector_problem.hpp"
#include "skein/session.hpp"

namespace {

void print(const skein::Diagnostics& diagnostics) {
  for (const skein::Diagnostic& diagnostic : diagnostics.items()) std::cerr << to_text(diagnostic) << '\n';
}

void print_row(std::string_view kind, std::string_view name, std::string_view details) {
  std::cout << std::left << std::setw(9) << kind << std::setw(26) << name << details << '\n';
}

template <class Specs>
std::string names(const Specs& specs) {
  std::string text;
  for (const auto& spec : specs) text += (text.empty() ? "" : ", ") + std::string(spec.name);
  return text;
}

/// What documents may name, with ports and parameters.
void print_catalogue(const skein::Registry& registry) {
  for (const skein::PluginReport& plugin : registry.plugin_reports()) {
    print_row("plugin", plugin.name, plugin.version + ": " + plugin.summary);
  }
  for (const auto& entry : registry.roles()) print_row("role", entry.name, names(entry.content->ports));
  for (const auto& entry : registry.operators()) print_row("operator", entry.name, names(entry.content->ports));
  for (const auto& entry : registry.problems()) print_row("problem", entry.name, names(entry.content->parameters));
}

constexpr std::string_view document_text = R"({
  "format": "skein/1",
  "run": "rastrigin in 5 dimensions",
  "algorithm": {"name": "particle_swarm", "parameters": {"swarm_size": 30}},
  "problem": {"name": "rastrigin", "dimension": 5},
  "seed": 1,
  "stop": {"iterations": 500}
})";

/// Runs a document. Exit codes as the tool has them.
int run(const skein::Session& session, std::string_view text) {
  skein::Diagnostics diagnostics;
  const auto document = session.read_run(text, "main.cpp", diagnostics);
  const auto job = document ? session.prepare(*document, diagnostics) : std::nullopt;
  print(diagnostics);
  if (!job) return 2;

  skein::Run run(job->plan, job->options);
  if (run.advance() == skein::RunState::failed) {
    std::cerr << run.error()->path << ": " << run.error()->message << '\n';
    return 1;
  }
  const skein::Result result = make_result(*job, run);
  std::cout << result.problem << ": " << result.best_quality.value() << " after " << result.evaluations
            << " evaluations, stopped by " << to_text(result.stop_reason) << '\n';
  return 0;
}

/// f(x) = sum of |x_i - 0.5|. Minimum 0 at (0.5, ..., 0.5).
void distance_from_half(const void*, const skein::In<double>& position, skein::Rows rows, double* values) noexcept {
  for (std::size_t row = rows.first; row < rows.last; ++row) {
    const std::span<const double> point(position.row(row), position.width());
    double sum = 0.0;
    for (const double x : point) sum += x < 0.5 ? 0.5 - x : x - 0.5;
    values[row - rows.first] = sum;
  }
}

skein::RealVectorProblemKind own_problem() {
  skein::RealVectorProblemKind kind;
  kind.name = "distance_from_half";
  kind.summary = "the program's own problem";
  kind.best_known = 0.0;
  kind.best_known_solution = {0.5};
  kind.tile_function = &distance_from_half;
  return kind;
}

}  // namespace

int main() {
  // Everything that is installed, and a problem of the program's own. No plugin file is needed for that.
  skein::Session session;
  skein::Diagnostics diagnostics;
  session.load_plugins(skein::standard_plugin_sources(), diagnostics);
  static const skein::RealVectorProblemKind problem = own_problem();
  session.registry().add(problem_spec(problem));
  print(diagnostics);
  if (diagnostics.has_errors()) return 2;
  print_catalogue(session.registry());

  if (const int code = run(session, document_text)) return code;
  const int code = run(session, R"({
    "format": "skein/1",
    "algorithm": "particle_swarm",
    "problem": {"name": "distance_from_half", "dimension": 3},
    "stop": {"target": 1e-6}
  })");
  if (code != 0) return code;

  // Sessions share nothing: this one has a single plugin.
  skein::Session small_session;
  skein::PluginSources sources;
  sources.files = {skein::shipped_plugin_directory() + "/operators.so"};
  small_session.load_plugins(sources, diagnostics);
  print(diagnostics);
  std::cout << "problems of the first session: " << session.registry().problems().size()
            << ", of the second: " << small_session.registry().problems().size() << '\n';
  std::cout << "operators of the second session: " << small_session.registry().operators().size() << '\n';
  return diagnostics.has_errors() ? 2 : 0;
}
