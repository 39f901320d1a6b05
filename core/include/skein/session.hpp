// Session: a catalogue, and what one does with it: read documents, prepare runs.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/graph_view.hpp"
#include "skein/plugin_sources.hpp"
#include "skein/problem.hpp"
#include "skein/registry.hpp"
#include "skein/reproducibility.hpp"
#include "skein/result.hpp"
#include "skein/run.hpp"
#include "skein/run_document.hpp"
#include "skein/slot_choices.hpp"
#include "skein/value.hpp"

namespace skein {

/// A run document that was found right: its plan, its problem and the options for a Run.
struct Job {
  std::shared_ptr<const Plan> plan;
  std::shared_ptr<const Problem> problem;
  ShowSolution show_solution = nullptr;  ///< of the problem, or of its encoding
  RunDocument document;
  std::string algorithm;
  ReproducibilityReport reproducibility;
  std::vector<UsedPlugin> plugins;
  RunOptions options;
};

/// One catalogue and its documents. Sessions share nothing; a job outlives the session only as long as the registry's
/// operator tables live (built-in ones: for ever).
class Session {
 public:
  [[nodiscard]] Registry& registry() noexcept { return registry_; }
  [[nodiscard]] const Registry& registry() const noexcept { return registry_; }

  /// Adds plugins to the catalogue, each whole or not at all, those that others depend on first. What became of each is
  /// a report of the registry; why one was refused is also added to `diagnostics`, as an error if it was asked for by
  /// its file, otherwise as a warning. Before the first run of any session starts; may be called more than once, and
  /// for sessions of several threads at once: they are loaded one after another.
  /// Modules stay loaded until the program ends. A file outside the folder of the shipped plugins is first tried in a
  /// child process: a fork, which knows nothing of what this process's other threads are in the middle of.
  void load_plugins(const PluginSources& sources, Diagnostics& diagnostics);

  /// Reads a run document; `assignments` are applied first ("problem.dimension=10"). Nothing for a file that is no
  /// JSON. A document with errors comes back as far as it could be read, and faulty: `prepare` then looks for further
  /// ones.
  [[nodiscard]] std::optional<RunDocument> load_run(const std::string& file, std::span<const std::string> assignments,
                                                    Diagnostics& diagnostics) const;
  [[nodiscard]] std::optional<RunDocument> read_run(std::string_view text, const std::string& file,
                                                    Diagnostics& diagnostics) const;
  /// A run document that was made or read elsewhere.
  [[nodiscard]] std::optional<RunDocument> read_run(Value document, std::span<const std::string> assignments,
                                                    Diagnostics& diagnostics) const;

  /// Reads a document of either kind and finds everything that is wrong with it. A graph is checked as it stands: its
  /// ports and slots may be open, and what depends on a problem is checked with the loaded one that fits best.
  bool validate(const std::string& file, Diagnostics& diagnostics) const;
  /// The same for a text; `file` is its name for messages, and what file names in it are relative to.
  bool validate(std::string_view text, const std::string& file, Diagnostics& diagnostics) const;

  /// What a picture of a document shows: a graph as it stands, the algorithm of a run with what fills its slots.
  /// Nothing when an error was found.
  [[nodiscard]] std::optional<GraphView> view(const std::string& file, Diagnostics& diagnostics) const;
  /// The same of a graph that is registered or was built.
  [[nodiscard]] std::optional<GraphView> view(std::shared_ptr<const Graph> graph, Diagnostics& diagnostics) const;

  /// The same of a run document that was read.
  [[nodiscard]] std::optional<GraphView> view(const RunDocument& document, Diagnostics& diagnostics) const;

  /// Fixes the problem, wires and compiles the algorithm. Nothing when an error was found or the document is faulty.
  [[nodiscard]] std::optional<Job> prepare(const RunDocument& given, Diagnostics& diagnostics) const;

  /// The same for a problem that the host has made (HostProblem, RealVectorProblem), by reference: what the document
  /// says of the problem's name and parameters does not count, its transforms do.
  [[nodiscard]] std::optional<Job> prepare(const RunDocument& given, std::shared_ptr<const Problem> problem,
                                           Diagnostics& diagnostics) const;

  /// For every slot of the document's algorithm, in the order of its declaration: what fits on the document's problem,
  /// and why the rest does not. Each candidate is tried in the document as it stands; what is wrong anyway does not
  /// count. Nothing when the algorithm or the problem is not to be had. Cost: about 2 ms per candidate.
  [[nodiscard]] std::vector<SlotChoices> slot_choices(const RunDocument& document, Diagnostics& diagnostics) const;

  /// An instance of a problem. Nothing when an error was found.
  [[nodiscard]] std::shared_ptr<const Problem> make_problem(const ProblemChoice& choice,
                                                            Diagnostics& diagnostics) const;

  /// A plan that evaluates `rows` solutions: `points.position` in, `points.fitness` out.
  [[nodiscard]] std::shared_ptr<const Plan> evaluation_plan(std::shared_ptr<const Problem> problem, std::size_t rows,
                                                            Diagnostics& diagnostics) const;

 private:
  void check_graph(Graph graph, Diagnostics& diagnostics) const;
  std::optional<GraphView> view_run(const RunDocument& given, Diagnostics& diagnostics) const;
  std::optional<Job> prepare(const RunDocument& document, std::shared_ptr<const Graph> algorithm,
                             std::shared_ptr<const Problem> problem, Diagnostics& diagnostics) const;

  Registry registry_;
};

}  // namespace skein
