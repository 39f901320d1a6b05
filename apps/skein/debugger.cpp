#include "apps/skein/debugger.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

#include "apps/skein/drawing.hpp"
#include "apps/skein/interrupt.hpp"
#include "apps/skein/output.hpp"
#include "skein/json.hpp"
#include "skein/plan_view.hpp"

namespace skein::tool {
namespace {

struct Command {
  std::string_view name;
  std::string_view arguments;
  std::string_view summary;
};

constexpr std::array commands = {
    Command{"break", "NODE", "stops before every visit of a node, or of the first node of a graph"},
    Command{"delete", "[NODE]", "takes a breakpoint away, or all"},
    Command{"step", "[N]", "goes on for one node, or N"},
    Command{"iteration", "[N]", "goes on until one more iteration is counted, or N"},
    Command{"continue", "", "goes on to a breakpoint, an error, or the end"},
    Command{"print", "VARIABLE [ROW]", "shows a variable, or one row of a column"},
    Command{"where", "", "says where the run stands"},
    Command{"list", "", "shows the nodes around the next one; * marks breakpoints"},
    Command{"nodes", "", "lists all nodes with their operators"},
    Command{"variables", "", "lists all variables with their types"},
    Command{"plan", "", "shows the compiled steps, and which of them share a pipeline"},
    Command{"help", "", "shows this list"},
    Command{"quit", "", "ends"}};

/// How many rows `print` shows without being asked for one.
constexpr std::size_t shown_rows = 20;
/// Names that are longer push the column behind them aside.
constexpr std::size_t widest_name = 60;
/// How many nodes `list` shows before and after the next one.
constexpr std::size_t neighbors = 4;

std::string help_text() {
  std::string text;
  for (const Command& command : commands) {
    std::string line = "  " + std::string(command.name) + " " + std::string(command.arguments);
    line.resize(std::max<std::size_t>(26, line.size() + 2), ' ');
    text += line + std::string(command.summary) + "\n";
  }
  return text + "A command may be cut off, as long as it is clear what is meant: c, s 3, p swarm.fitness 0.\n";
}

std::string without_spaces(const std::string& text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string::npos) return "";
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

/// The command that a word names or begins; several of them mean the first.
std::optional<std::string> command_of(const std::string& word, Diagnostics& diagnostics) {
  std::vector<std::string> names;
  for (const Command& command : commands) {
    if (command.name.starts_with(word)) return std::string(command.name);
    names.emplace_back(command.name);
  }
  diagnostics.add(bad_argument("there is no command '" + word + "'", "help shows them", "", nearest_name(word, names)));
  return std::nullopt;
}

/// A number from 1; 1 for nothing.
std::optional<std::uint64_t> count_of(const std::string& command, const std::string& text, Diagnostics& diagnostics) {
  if (text.empty()) return 1;
  std::uint64_t count = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (error == std::errc{} && end == text.data() + text.size() && count > 0) return count;
  diagnostics.add(bad_argument("'" + command + "' takes a number of times", "an integer from 1", "'" + text + "'"));
  return std::nullopt;
}

Value element_value(const ColumnView& part, std::size_t row, std::size_t element) {
  const std::byte* place = part.data + row * part.row_bytes + element * element_bytes(part.element);
  switch (part.element) {
    case Element::real:
      return *reinterpret_cast<const double*>(place);
    case Element::integer:
      return *reinterpret_cast<const std::int64_t*>(place);
    case Element::index: {
      const std::uint32_t index = *reinterpret_cast<const std::uint32_t*>(place);
      return index == no_row ? Value() : Value(std::int64_t{index});
    }
    case Element::binary:
    case Element::boolean:
      break;
  }
  return std::int64_t{*reinterpret_cast<const std::uint8_t*>(place)};
}

List row_values(const PortView& variable, std::size_t row) {
  List values;
  for (std::size_t part = 0; part < variable.part_count; ++part) {
    for (std::size_t i = 0; i < variable.parts[part].width; ++i) {
      values.push_back(element_value(variable.parts[part], row, i));
    }
  }
  return values;
}

std::string row_text(const List& values) {
  std::string text;
  for (const Value& value : values) {
    const std::string number = value.is_null() ? "none" : write_json(value, JsonLayout::one_line);
    text += (text.empty() ? "" : " ") + number;
  }
  return text;
}

std::string padded(std::string text, std::size_t width) {
  text.resize(std::max(width, text.size()), ' ');
  return text;
}

/// Whether a step is a node of the graph: no expression and no jump.
bool is_node(const PlanViewStep& step) {
  return !step.path.empty() && !step.destination && step.operation != "compute";
}

using Rows = std::vector<std::pair<std::string, std::string>>;

/// The nodes among steps [first, last), with those of the frames that they enter; paths begin with `prefix`.
void add_nodes(const PlanView& view, const std::string& prefix, std::size_t first, std::size_t last, Rows& rows) {
  for (std::size_t i = first; i < last; ++i) {
    const PlanViewStep& step = view.steps[i];
    if (!is_node(step)) continue;
    rows.emplace_back(prefix + step.path, step.operation);
    if (!step.child || view.children[*step.child].is_called) continue;
    const PlanView& inner = view.children[*step.child].plan;
    std::size_t end = inner.steps.size();
    for (const PlanViewStep& other : view.steps) {
      if (other.child == step.child && other.entry > step.entry) end = std::min(end, other.entry);
    }
    add_nodes(inner, prefix + step.path + "/", step.entry, end, rows);
  }
}

/// All variables by the names that `print` knows; of several frames those of the first.
void add_variables(const PlanView& view, const std::string& prefix, Rows& rows) {
  for (const PlanViewVariable& variable : view.variables) rows.emplace_back(prefix + variable.name, variable.type);
  std::vector<bool> is_listed(view.children.size(), false);
  for (const PlanViewStep& step : view.steps) {
    if (!step.child || is_listed[*step.child] || view.children[*step.child].is_called) continue;
    is_listed[*step.child] = true;
    add_variables(view.children[*step.child].plan, prefix + step.path + "[0]/", rows);
  }
}

/// Rows of two columns.
std::string table_text(const Rows& rows) {
  std::size_t width = 0;
  for (const auto& row : rows) width = std::max(width, std::min(row.first.size(), widest_name));
  std::string text;
  for (const auto& row : rows) text += "  " + padded(row.first, width) + "  " + row.second + "\n";
  return text;
}

/// The table, and the names in it.
void answer_with(const Rows& rows, Debugger::Answer& answer) {
  List names;
  for (const auto& row : rows) names.emplace_back(row.first);
  answer.text = table_text(rows);
  answer.values = Value(std::move(names));
}

}  // namespace

Debugger::Debugger(const Job& job, Run& run) : job_(&job), run_(&run) {}

Debugger::Answer Debugger::execute(const std::string& line) {
  Answer answer;
  const std::string text = without_spaces(line);
  const std::size_t space = text.find_first_of(" \t");
  const std::string word = text.substr(0, space);
  const std::string rest = space == std::string::npos ? "" : without_spaces(text.substr(space));
  if (word.empty() || word.starts_with('#')) return answer;
  const auto command = command_of(word, answer.diagnostics);
  if (!command) return answer;
  const bool takes_nothing = *command == "continue" || *command == "where" || *command == "list" ||
                             *command == "nodes" || *command == "variables" || *command == "plan" ||
                             *command == "help" || *command == "quit";
  if (takes_nothing && !rest.empty()) {
    answer.diagnostics.add(bad_argument("'" + *command + "' takes nothing behind it", "", "'" + rest + "'"));
  } else if (*command == "break") {
    if (rest.empty()) {
      answer.diagnostics.add(bad_argument("'break' needs a node", "nodes lists them"));
    } else if (run_->add_breakpoint(rest, answer.diagnostics)) {
      answer.text = "stops before " + rest + "\n";
    }
  } else if (*command == "delete") {
    erase(rest, answer);
  } else if (*command == "step" || *command == "iteration" || *command == "continue") {
    go_on(*command, rest, answer);
  } else if (*command == "print") {
    print_variable(rest, answer);
  } else if (*command == "where") {
    answer.text = where() + "\n";
  } else if (*command == "list") {
    list(answer);
  } else if (*command == "nodes") {
    list_nodes(answer);
  } else if (*command == "variables") {
    list_variables(answer);
  } else if (*command == "plan") {
    answer.text = draw_plan(view_plan(*job_->plan));
  } else if (*command == "help") {
    answer.text = help_text();
  } else {
    answer.is_end = true;
  }
  return answer;
}

std::string Debugger::where() const {
  const Result result = make_result(*job_, *run_);
  const std::string counts = "iteration " + std::to_string(result.iterations) + ", " +
                             counted(static_cast<std::size_t>(result.evaluations), "evaluation");
  switch (run_->state()) {
    case RunState::finished: {
      const std::string best =
          result.best_quality ? ", best " + write_json(Value(*result.best_quality), JsonLayout::one_line) : "";
      return "ended by " + std::string(to_text(result.stop_reason)) + ": " + counts + best;
    }
    case RunState::failed: {
      const RunError& error = *run_->error();
      const std::string row = error.row ? ", row " + std::to_string(*error.row) : "";
      return "failed at " + error.path + row + ": " + error.message + " (" + counts + ")";
    }
    case RunState::pending:
      return "waits at " + run_->next_node() + " for values from outside (" + counts + ")";
    case RunState::ready:
      break;
  }
  if (result.stop_reason == StopReason::memory) return "short of memory before " + run_->next_node() + ": " + counts;
  return (run_->stopped_at() ? "breakpoint " + *run_->stopped_at() : "before " + run_->next_node()) + ": " + counts;
}

void Debugger::go_on(const std::string& command, const std::string& rest, Answer& answer) {
  const auto count = count_of(command, rest, answer.diagnostics);
  if (!count) return;
  if (run_->state() == RunState::finished) {
    answer.diagnostics.add(bad_argument("the run has ended", "print, variables, … still show what it holds"));
    return;
  }
  {
    const Interrupt interrupt(*run_);
    if (command == "continue") {
      run_->advance();
    } else if (command == "iteration") {
      run_->advance_iterations(*count);
    } else {
      for (std::uint64_t i = 0; i < *count && !interrupt.requested(); ++i) {
        if (run_->advance(Advance::one_node) != RunState::ready) break;
      }
    }
  }
  answer.text = where() + "\n";
}

void Debugger::print_variable(const std::string& rest, Answer& answer) const {
  // Names of variables may have spaces in them.
  std::string name = rest;
  auto variable = run_->variable(name);
  std::optional<std::size_t> row;
  const std::size_t space = rest.find_last_of(" \t");
  if (!variable && space != std::string::npos) {
    const std::string last = rest.substr(space + 1);
    std::size_t number = 0;
    const auto [end, error] = std::from_chars(last.data(), last.data() + last.size(), number);
    if (error == std::errc{} && end == last.data() + last.size()) {
      name = without_spaces(rest.substr(0, space));
      row = number;
      variable = run_->variable(name);
    }
  }
  if (!variable) {
    Rows variables;
    add_variables(view_plan(*job_->plan), "", variables);
    std::vector<std::string> known;
    for (const auto& one : variables) known.push_back(one.first);
    Diagnostic diagnostic;
    diagnostic.code = "unknown-variable";
    diagnostic.message =
        name.empty() ? "'print' needs a variable." : "There is no variable '" + name + "' in this run.";
    diagnostic.expected = "variables lists them";
    diagnostic.suggestion = nearest_name(name, known);
    answer.diagnostics.add(std::move(diagnostic));
    return;
  }
  if (variable->object != nullptr) {
    answer.text = name + " = " + std::string(variable->object->type_name()) + " of " +
                  counted(variable->object->size_in_bytes(), "byte") + "\n";
    return;
  }
  if (row && *row >= variable->rows) {
    answer.diagnostics.add(
        bad_argument("'" + name + "' has no row " + std::to_string(*row), "", counted(variable->rows, "row"), ""));
    return;
  }
  const std::size_t first = row.value_or(0);
  const std::size_t last = row ? *row + 1 : std::min(variable->rows, shown_rows);
  const bool is_column = variable->rows != 1 || variable->parts[0].row_bytes != 0;
  List rows;
  for (std::size_t i = first; i < last; ++i) {
    const List values = row_values(*variable, i);
    answer.text += name + (is_column ? "[" + std::to_string(i) + "]" : "") + " = " + row_text(values) + "\n";
    rows.emplace_back(values);
  }
  if (!row && variable->rows > shown_rows) {
    answer.text += counted(variable->rows - shown_rows, "more row") + "\n";
  }
  answer.values = Value(std::move(rows));
}

void Debugger::list(Answer& answer) const {
  const std::vector<std::string> paths = node_paths();
  const std::vector<std::string> breakpoints = run_->breakpoints();
  const std::string next = run_->next_node();
  const auto at = static_cast<std::size_t>(std::ranges::find(paths, next) - paths.begin());
  const std::size_t first = at > neighbors ? at - neighbors : 0;
  const std::size_t last = std::min(paths.size(), at + neighbors + 1);
  for (std::size_t i = first; i < last; ++i) {
    const bool is_breakpoint = std::ranges::find(breakpoints, paths[i]) != breakpoints.end();
    answer.text += (i == at ? "> " : "  ") + std::string(is_breakpoint ? "* " : "  ") + paths[i] + "\n";
  }
  if (at >= paths.size()) answer.text += "> the end\n";
}

void Debugger::list_nodes(Answer& answer) const {
  const PlanView view = view_plan(*job_->plan);
  Rows rows;
  add_nodes(view, "", 0, view.steps.size(), rows);
  answer_with(rows, answer);
}

void Debugger::list_variables(Answer& answer) const {
  Rows rows;
  add_variables(view_plan(*job_->plan), "", rows);
  answer_with(rows, answer);
}

void Debugger::erase(const std::string& path, Answer& answer) {
  const std::vector<std::string> known = run_->breakpoints();
  if (!path.empty() && !run_->remove_breakpoint(path)) {
    answer.diagnostics.add(bad_argument("there is no breakpoint '" + path + "'", "", "", nearest_name(path, known)));
    return;
  }
  if (path.empty()) {
    for (const std::string& breakpoint : known) run_->remove_breakpoint(breakpoint);
  }
  answer.text = counted(run_->breakpoints().size(), "breakpoint") + " left\n";
}

std::vector<std::string> Debugger::node_paths() const {
  std::vector<std::string> paths;
  for (const PlanViewStep& step : view_plan(*job_->plan).steps) {
    if (is_node(step)) paths.push_back(step.path);
  }
  return paths;
}

}  // namespace skein::tool
