#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <new>

#include "apps/skein/command_line.hpp"
#include "apps/skein/exit_code.hpp"
#include "apps/skein/output.hpp"
#include "apps/skein/plugins.hpp"
#include "apps/skein/point_evaluator.hpp"
#include "apps/skein/points.hpp"
#include "skein/json.hpp"

namespace skein::tool {
namespace {

constexpr const char* examples =
    "  skein evaluate rastrigin --at 0,0,0\n"
    "  skein evaluate sphere --at 1,2 --at 3,4 --json\n"
    "  skein evaluate sphere --set problem.parameters.negate=true --at 1,2\n"
    "  skein evaluate random --seed 7 --at 1,2\n"
    "  skein evaluate gear_train --at 16,19,43,49\n"
    "  skein evaluate knapsack --set problem.parameters.instance=1 --at 0,1,1,0,0,1\n"
    "  echo '[1, 2, 3]' | skein evaluate sphere --points -\n";

constexpr std::size_t most_warnings = 10;

struct EvaluateArguments {
  std::string problem;
  std::vector<std::string> points;
  std::string file;
  CommonOptions common;
};

void describe(CommandLine& line, EvaluateArguments& given) {
  line.add_argument("PROBLEM", given.problem, "name of a problem, or a run document");
  line.add_list("--at", given.points, "1,2,3", "point to evaluate at; repeatable");
  line.add_text("--points", given.file, "FILE", "file with one JSON array a line; -: standard input");
  line.add_assignments(given.common);
  line.add_seed_and_threads(given.common);
  line.add_plugins(given.common);
  line.add_json(given.common);
}

/// Whether this is meant to be a file and not the name of a problem.
bool names_file(const std::string& text) { return text.find_first_of("/.") != std::string::npos; }

bool takes_dimension(const ProblemSpec* spec) {
  return spec == nullptr ||
         std::ranges::find(spec->parameters, "dimension", &ParameterSpec::name) != spec->parameters.end();
}

/// The problem of a document, or the named problem with as many dimensions as the first point has coordinates where the
/// problem lets one choose. Chance needs a seed: the one of the command line, else the document's.
std::shared_ptr<const Problem> make_problem(const Session& session, const EvaluateArguments& given, const Point& first,
                                            RunOptions& options, Diagnostics& diagnostics) {
  std::optional<RunDocument> document;
  const bool has_seed = !given.common.seed.empty();
  const ProblemSpec* spec = session.registry().find_problem(given.problem);
  const bool is_file = spec == nullptr && names_file(given.problem);
  if (is_file) {
    document = session.load_run(given.problem, given.common.assignments, diagnostics);
    if (document && !has_seed) options.seed = document->seed;
  } else {
    Object problem;
    add(problem, "name", given.problem);
    if (takes_dimension(spec)) add(problem, "dimension", std::uint64_t{first.coordinates.size()});
    Object run;
    add(run, "format", "skein/1");
    add(run, "algorithm", "none");
    add(run, "problem", std::move(problem));
    document = session.read_run(std::move(run), given.common.assignments, diagnostics);
  }
  auto problem = document ? session.make_problem(document->problem, diagnostics) : nullptr;
  const bool is_random = problem != nullptr && !problem->evaluator->streams.empty();
  if (is_random && !is_file && !has_seed) {
    diagnostics.add({"missing-seed",
                     Severity::error,
                     {},
                     "",
                     "problem '" + problem->name + "' draws random numbers: it needs a seed",
                     "--seed N",
                     "no --seed",
                     ""});
  }
  return problem;
}

/// Prints values as they come, and says which points lie outside the bounds.
class ValuePrinter {
 public:
  ValuePrinter(const Problem& problem, PointEvaluator& evaluator, bool json)
      : problem_(problem), evaluator_(evaluator), json_(json) {}

  [[nodiscard]] bool begin() const {
    if (!json_) return true;
    Object object;
    add(object, "problem", problem_.name);
    add(object, "dimension", std::uint64_t{problem_.dimension});
    add(object, "sense", problem_.objectives.front().sense == Sense::maximize ? "maximize" : "minimize");
    add(object, "best_known", problem_.best_known ? Value(*problem_.best_known) : Value());
    std::string text = write_json(object, JsonLayout::one_line);
    text.pop_back();
    return print(text + ", \"points\": [");
  }

  [[nodiscard]] bool add_chunk(const std::vector<Point>& points, const std::vector<PointValue>& values) {
    std::string text;
    Diagnostics warnings;
    for (std::size_t i = 0; i < points.size(); ++i) {
      const std::string outside = evaluator_.outside_text(points[i]);
      if (!outside.empty()) warn(points[i], outside, warnings);
      if (values[i].violation > 0) warn_of_violation(points[i], values[i].violation, warnings);
      text += json_ ? json_entry(points[i], values[i], outside.empty()) : plain_line(values[i]);
    }
    for (const Diagnostic& warning : warnings.items()) say(to_text(warning) + "\n");
    return print(text);
  }

  /// Ends the output; with findings, when it cannot be completed.
  [[nodiscard]] bool end(const Diagnostics& diagnostics) const {
    if (outside_ > most_warnings) {
      say(fmt::format("warning: {} points in all lie outside the bounds\n", outside_));
    }
    if (infeasible_ > most_warnings) {
      say(fmt::format("warning: {} points in all break the constraints\n", infeasible_));
    }
    if (!json_) return true;
    std::string text = has_entries_ ? "\n]" : "]";
    if (diagnostics.has_errors()) {
      text += ", \"error\": " + write_json(count_text(diagnostics), JsonLayout::one_line);
      text += ", \"diagnostics\": " + write_json(to_value(diagnostics), JsonLayout::one_line);
    }
    return print(text + "}\n");
  }

 private:
  void warn(const Point& point, const std::string& outside, Diagnostics& warnings) {
    if (++outside_ > most_warnings) return;
    warnings.add({"outside-bounds", Severity::warning, point.where, "", "the point lies outside the bounds: " + outside,
                  "", "", ""});
  }

  void warn_of_violation(const Point& point, double violation, Diagnostics& warnings) {
    if (++infeasible_ > most_warnings) return;
    warnings.add({"breaks-constraints", Severity::warning, point.where, "",
                  fmt::format("the point breaks the constraints by {}", violation), "", "", ""});
  }

  [[nodiscard]] static std::string number_text(double value) {
    return std::isnan(value) ? "nan" : fmt::format("{:.17g}", value);
  }

  /// All objectives, with a space between them.
  [[nodiscard]] static std::string plain_line(const PointValue& found) {
    std::string line = number_text(found.value);
    for (const double value : found.further) line += " " + number_text(value);
    return line + "\n";
  }

  [[nodiscard]] std::string json_entry(const Point& point, const PointValue& found, bool is_inside) {
    Object object;
    add(object, "position", evaluator_.shown(point));
    add(object, "value", found.value);
    if (!found.further.empty()) {
      List objectives = {found.value};
      for (const double value : found.further) objectives.emplace_back(value);
      add(object, "objectives", std::move(objectives));
    }
    add(object, "violation", found.violation);
    add(object, "within_bounds", is_inside);
    const char* separator = std::exchange(has_entries_, true) ? ",\n" : "\n";
    return separator + write_json(object, JsonLayout::one_line);
  }

  const Problem& problem_;
  PointEvaluator& evaluator_;
  bool json_;
  bool has_entries_ = false;
  std::size_t outside_ = 0;
  std::size_t infeasible_ = 0;
};

/// The rest of the work once the first point is known.
int evaluate_all(PointEvaluator& evaluator, Points& points, Point first, const Problem& problem, bool json) {
  Diagnostics diagnostics;
  ValuePrinter printer(problem, evaluator, json);
  bool printed = printer.begin();
  bool evaluated = true;
  std::optional<Point> point = std::move(first);
  while (point && printed && evaluated) {
    std::vector<Point> chunk;
    while (point && chunk.size() < evaluator.most_points() && evaluator.check(*point, diagnostics)) {
      chunk.push_back(*std::move(point));
      point = points.next(diagnostics);
    }
    if (diagnostics.has_errors()) point.reset();
    const auto values = evaluator.values(chunk, diagnostics);
    evaluated = values.has_value();
    if (evaluated) printed = printer.add_chunk(chunk, *values);
  }
  print_diagnostics(diagnostics);
  printed = printed && printer.end(diagnostics);
  if (!evaluated || !printed) return exit_failed;
  return diagnostics.has_errors() ? exit_wrong_input : exit_done;
}

int evaluate(const EvaluateArguments& given, RunOptions options) {
  Diagnostics diagnostics;
  const bool json = given.common.json;
  Points points(given.points, given.file, diagnostics);
  auto first = points.next(diagnostics);
  if (!first && !diagnostics.has_errors()) {
    diagnostics.add({"bad-point", Severity::error, {given.file, 0, 0}, "", "there are no points", "", "", ""});
  }
  const Session session = open_session(given.common, diagnostics);
  const auto problem = make_problem(session, given, first.value_or(Point{{0, 0}, {}}), options, diagnostics);
  if (diagnostics.has_errors() || problem == nullptr) return refuse(diagnostics, json);
  PointEvaluator evaluator(session, problem, options, diagnostics);
  if (diagnostics.has_errors() || !evaluator.check(*first, diagnostics)) return refuse(diagnostics, json);
  print_diagnostics(diagnostics);
  return evaluate_all(evaluator, points, *std::move(first), *problem, json);
}

}  // namespace

int evaluate_verb(const Arguments& arguments) {
  EvaluateArguments given;
  CommandLine line("evaluate", "Computes values of a problem, in its own sense. Takes no part in any run.", examples);
  describe(line, given);
  if (const auto code = line.parse(arguments)) return *code;

  Diagnostics diagnostics;
  RunOptions options;
  apply(given.common, line, options, diagnostics);
  if (line.has("--at") == line.has("--points")) {
    diagnostics.add(bad_argument("the points are missing or given twice", "either --at or --points"));
  }
  if (diagnostics.has_errors()) return refuse(diagnostics, given.common.json);
  try {
    return evaluate(given, options);
  } catch (const std::bad_alloc&) {
    diagnostics.add({"too-large", Severity::error, {}, "", "there is not enough memory for these points", "", "", ""});
    return refuse(diagnostics, given.common.json);
  }
}

}  // namespace skein::tool
