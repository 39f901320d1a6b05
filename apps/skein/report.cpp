#include "apps/skein/report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "apps/skein/output.hpp"

namespace skein::tool {
namespace {

constexpr std::size_t line_width = 100;
constexpr std::size_t label_width = 14;
constexpr std::size_t most_coordinates = 10;

/// Lines of the form "label         text"; texts that are too long go on below.
class Table {
 public:
  void add(std::string_view label, const std::string& text) { text_ += fmt::format("{:<14}{}\n", label, text); }

  void add_words(std::string_view label, const std::vector<std::string>& words) {
    std::string line;
    for (const std::string& word : words) {
      if (!line.empty() && label_width + line.size() + 1 + word.size() > line_width) {
        add(std::exchange(label, ""), std::exchange(line, ""));
      }
      line += (line.empty() ? "" : " ") + word;
    }
    add(label, line);
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string text_;
};

/// "shift, rotate".
std::string transform_text(const Result& result) {
  std::string text;
  for (const Value& transform : result.transform.list()) {
    text += (text.empty() ? "" : ", ") + transform.object().front().key;
  }
  return text;
}

std::string best_text(const Result& result) {
  if (!result.best_quality) return "none: no finite value was seen";
  std::string text = fmt::format("{:.10g}", *result.best_quality);
  if (result.best_violation.value_or(0) > 0) {
    return text +
           fmt::format(", but it breaks the constraints by {:.4g}: nothing feasible was seen", *result.best_violation);
  }
  if (!result.best_known) return text;
  if (*result.difference == 0) return text + ", the best known value";
  text += fmt::format(", {:.4g} ", *result.difference);
  if (result.relative_difference) text += fmt::format("({:.3g} %) ", 100 * *result.relative_difference);
  return text + fmt::format("from the best known value {:.10g}", *result.best_known);
}

/// "f1 minimized, f2 maximized".
std::string objectives_text(const ResultFront& front) {
  std::string text;
  for (std::size_t i = 0; i < front.objectives.size(); ++i) {
    text += fmt::format("{}{} {}d", text.empty() ? "" : ", ", front.objectives[i], front.senses[i]);
  }
  return text;
}

std::string point_text(const std::vector<double>& numbers) {
  std::string text;
  for (const double number : numbers) text += fmt::format("{}{:.4g}", text.empty() ? "(" : ", ", number);
  return text + ")";
}

/// "(0, 1.2), (0.3, 0.4), …": up to five solutions of the front, evenly over their order.
std::vector<std::string> front_words(const ResultFront& front) {
  constexpr std::size_t places = 5;
  const std::size_t shown = std::min(places, front.points.size());
  std::vector<std::string> words;
  for (std::size_t i = 0; i < shown; ++i) {
    const std::size_t place = shown == 1 ? 0 : i * (front.points.size() - 1) / (shown - 1);
    words.push_back(point_text(front.points[place].objectives) + (i + 1 == shown ? "" : ","));
  }
  return words;
}

void add_front(Table& table, const ResultFront& front) {
  if (front.points.empty()) {
    table.add("front", "none: nothing finite was seen");
    return;
  }
  std::string text = counted(front.points.size(), "solution") + " that no other one dominates";
  if (front.violation > 0) {
    text += fmt::format(", but they break the constraints by {:.4g}", front.violation);
  }
  table.add("front", text);
  table.add_words("among them", front_words(front));
  if (front.hypervolume) {
    table.add("hypervolume", fmt::format("{:.6g} up to {}", *front.hypervolume, point_text(front.reference_point)));
  }
}

/// "8.5 at 0, 2.1 at 250, …": the best value so far in five places of the first history that has it.
std::vector<std::string> convergence_words(const Result& result) {
  constexpr std::size_t places = 5;
  std::vector<std::string> words;
  for (const ResultHistory& history : result.histories) {
    const auto best = std::ranges::find(history.columns, "best_so_far");
    const auto iteration = std::ranges::find(history.columns, "iteration");
    if (best == history.columns.end() || iteration == history.columns.end() || history.rows.empty()) continue;
    const std::size_t shown = std::min(places, history.rows.size());
    for (std::size_t i = 0; i < shown; ++i) {
      const std::size_t place = shown == 1 ? 0 : i * (history.rows.size() - 1) / (shown - 1);
      const std::vector<double>& row = history.rows[place];
      words.push_back(fmt::format("{:.4g}", row[static_cast<std::size_t>(best - history.columns.begin())]));
      words.emplace_back("at");
      words.push_back(fmt::format("{:.0f}{}", row[static_cast<std::size_t>(iteration - history.columns.begin())],
                                  i + 1 == shown ? "" : ","));
    }
    break;
  }
  return words;
}

std::vector<std::string> solution_words(const Result& result, const std::string& file) {
  const List& elements = result.best_solution.list();
  const std::size_t shown = std::min(elements.size(), most_coordinates);
  std::vector<std::string> words;
  for (std::size_t i = 0; i < shown; ++i) {
    const bool is_last = i + 1 == elements.size();
    words.push_back(fmt::format("{:.6g}{}", elements[i].number(), is_last ? "" : ","));
  }
  if (shown == elements.size()) return words;
  const std::string where = file.empty() ? "--json or --output FILE gives all" : "all are in " + file;
  words.push_back(fmt::format("… {} more: {}", elements.size() - shown, where));
  return words;
}

std::string limit_text(std::uint64_t limit, const char* noun) { return "the limit of " + counted(limit, noun); }

std::string stop_text(const Job& job, const Result& result) {
  const StopLimits& limits = job.document.stop;
  switch (result.stop_reason) {
    case StopReason::iterations:
      return limits.iterations ? limit_text(*limits.iterations, "iteration") : "the limit of iterations";
    case StopReason::evaluations:
      return limits.evaluations ? limit_text(*limits.evaluations, "evaluation") : "the limit of evaluations";
    case StopReason::target:
      return "the target, which was reached";
    case StopReason::seconds:
      return limits.seconds ? fmt::format("the limit of {} seconds", *limits.seconds) : "the limit of time";
    case StopReason::stagnation:
      return limits.stagnation ? counted(*limits.stagnation, "iteration") + " without improvement"
                               : "stagnation: the best value did not improve any more";
    case StopReason::diameter:
      return "the swarm, which has come together";
    case StopReason::memory:
      return "want of memory";
    case StopReason::interrupted:
      return "a signal: the run was interrupted";
    case StopReason::error:
      return "an error, see above";
    case StopReason::completed:
    case StopReason::none:
      break;
  }
  return "the algorithm, which came to its end";
}

/// "move, evaluate: the operator is not thread-safe", one entry for each reason.
std::vector<std::string> serial_texts(const Result& result) {
  std::vector<std::pair<std::string, std::string>> groups;
  for (const SerialStep& step : result.serial_steps) {
    const auto group = std::ranges::find(groups, step.reason, &std::pair<std::string, std::string>::first);
    if (group == groups.end()) {
      groups.emplace_back(step.reason, step.path);
    } else if ((", " + group->second + ",").find(", " + step.path + ",") == std::string::npos) {
      group->second += ", " + step.path;
    }
  }
  std::vector<std::string> texts;
  for (const auto& [reason, paths] : groups) texts.push_back(paths + ": " + reason);
  return texts;
}

/// What a terminal would obey is no part of a word.
std::vector<std::string> split_words(const std::string& text) {
  const auto is_between = [](char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    return byte <= ' ' || byte == 0x7f;
  };
  std::vector<std::string> words(1);
  for (const char letter : text) {
    if (!is_between(letter)) {
      words.back() += letter;
    } else if (!words.back().empty()) {
      words.emplace_back();
    }
  }
  if (words.back().empty()) words.pop_back();
  return words;
}

/// "12.5 MiB, at most 20.1", and what was given up for want of more.
void add_memory(Table& table, const Result& result) {
  if (result.memory.is_null()) return;
  const auto number = [&](const char* key) { return result.memory.find(key)->number(); };
  table.add("memory", fmt::format("{:.1f} MiB, at most {:.1f}, {:.1f} after the first evaluation", number("current_mb"),
                                  number("peak_mb"), number("base_mb")));
  std::vector<std::string> words;
  for (const Member& action : result.memory.find("degraded")->object()) {
    if (!words.empty()) words.back() += ",";
    words.push_back(action.key);
    words.push_back(fmt::format("{}×", action.value.find("count")->number()));
  }
  if (!words.empty()) table.add_words("given up", words);
  if (const double alerts = number("memory_alerts_count"); alerts > 0) {
    const Value& newest = result.memory.find("alerts")->list().back();
    table.add("alerts", fmt::format("{}, the newest one {} in iteration {}", alerts, newest.find("type")->text(),
                                    newest.find("iteration")->number()));
  }
}

void add_costs(Table& table, const Job& job, const Result& result) {
  table.add("evaluations", fmt::format("{} in {}", result.evaluations,
                                       counted(static_cast<std::size_t>(result.iterations), "iteration")));
  if (result.evaluations_to_target) {
    table.add("", fmt::format("{} until the target was reached", *result.evaluations_to_target));
  }
  if (result.failed_evaluations > 0) {
    table.add("", fmt::format("{} failed and got the worst value", result.failed_evaluations));
    if (result.first_failure) table.add_words("first failure", split_words(result.first_failure->message));
  }
  if (result.journal && result.journal->reused > 0) {
    table.add("", fmt::format("{} of them taken from the journal", result.journal->reused));
  }
  table.add("ended by", stop_text(job, result));
  std::string time = fmt::format("{:.3f} s", result.wall_seconds);
  if (result.wall_seconds > 0) {
    time +=
        fmt::format(", {:.0f} evaluations per second", static_cast<double>(result.evaluations) / result.wall_seconds);
  }
  table.add("time", time + ", " + counted(result.threads, "thread"));
}

/// "length minimized"; quality is what every objective is.
std::string objective_text(const Result& result) {
  return (result.objective == Objective().name ? "" : result.objective + " ") + result.sense + "d";
}

void add_best(Table& table, const Result& result, const std::string& file) {
  table.add("best value", best_text(result));
  if (result.best_solution.is_list()) table.add_words("found at", solution_words(result, file));
  if (const auto words = convergence_words(result); !words.empty()) table.add_words("convergence", words);
}

}  // namespace

const ResultFront* front_of_several(const Result& result) {
  return result.front && result.front->objectives.size() > 1 ? &*result.front : nullptr;
}

std::string report_text(const Job& job, const Result& result, const std::string& file) {
  Table table;
  if (!result.run.empty()) table.add_words("run", split_words(result.run));
  const ResultFront* front = front_of_several(result);
  table.add("problem", fmt::format("{}, dimension {}, {}", result.problem, result.dimension,
                                   front != nullptr ? objectives_text(*front) : objective_text(result)));
  if (result.transform.is_list()) table.add("transformed", transform_text(result));
  table.add("algorithm", fmt::format("{}, seed {}", result.algorithm, result.seed));
  if (front != nullptr) {
    add_front(table, *front);
  } else {
    add_best(table, result, file);
  }
  add_costs(table, job, result);
  add_memory(table, result);
  const char* label = "serial";
  for (const std::string& text : serial_texts(result)) table.add_words(std::exchange(label, ""), split_words(text));
  if (!file.empty()) table.add("result", file);
  return table.text();
}

}  // namespace skein::tool
