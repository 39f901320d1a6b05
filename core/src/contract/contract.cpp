#include "skein/contract.hpp"

#include <algorithm>
#include <cmath>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "contract/circumstances.hpp"
#include "contract/contract_findings.hpp"
#include "contract/documented.hpp"
#include "contract/numbers.hpp"
#include "contract/parameter_values.hpp"
#include "contract/port_content.hpp"
#include "contract/single_operator.hpp"
#include "contract/watched_operator.hpp"
#include "documents/joined.hpp"
#include "exception_text.hpp"
#include "registry/specification_check.hpp"
#include "skein/json.hpp"
#include "skein/neighborhood.hpp"

namespace skein {
namespace {

/// How the operator is run after the first time, and what is new in it. From the simplest on, so that a finding names
/// what is needed for it.
struct Variation {
  Circumstances circumstances;
  std::string difference;
};

std::vector<Variation> variations(OperatorKind kind) {
  std::vector<Variation> all = {{{1, 1, false}, "when it runs a second time"}};
  // A step operator is not cut into tiles.
  const bool has_rows = kind != OperatorKind::step;
  for (const std::size_t tile_rows : {3U, 64U}) {
    const std::string difference = "in tiles of " + counted(tile_rows, "row") + " than in tiles of 1 row";
    if (has_rows) all.push_back({{1, tile_rows, false}, difference});
  }
  for (const std::size_t tile_rows : {3U, 64U}) {
    if (has_rows) all.push_back({{1, tile_rows, true}, "in a pipeline than alone"});
  }
  for (const std::size_t threads : {2U, 4U}) {
    for (const std::size_t tile_rows : {1U, 3U, 64U}) {
      all.push_back({{threads, tile_rows, tile_rows != 1 && has_rows},
                     "with " + counted(threads, "thread") + " than with 1 thread"});
      if (!has_rows) break;
    }
  }
  return all;
}

std::string number_text(double number) {
  return std::isnan(number) ? "NaN" : write_json(Value(number), JsonLayout::one_line);
}

/// Checks an operator on populations of one shape.
class ShapeCheck {
 public:
  ShapeCheck(const OperatorTable& table, const ContractInput& input, const ParameterValues& parameters,
             const Shape& shape, ContractFindings& findings)
      : table_(table), input_(input), parameters_(parameters), shape_(shape), findings_(findings), watched_(table) {
    for (const PortSpec& port : table_.ports) {
      if (has_content(port) && (!port.optional || shape_.with_optional_ports)) shown_.push_back(&port);
    }
  }

  void check() {
    const auto first = run({});
    if (!first) return;
    // What rows of another number hold has nothing to do with what was there.
    if (first->rows() == shape_.rows) {
      for (const PortSpec* port : shown_) {
        if (port->direction == Direction::in) check_kept(*port, first->content(port->name));
        if (port->direction != Direction::in) check_numbers(*port, first->content(port->name));
      }
    }
    if (!table_.repeatable) return;
    for (const Variation& variation : variations(table_.kind)) {
      const auto other = run(variation.circumstances);
      if (!other) return;
      for (const PortSpec* port : shown_) check_same(*port, *first, *other, variation);
    }
  }

 private:
  /// Nothing when the operator could not be run, which is a finding.
  std::unique_ptr<SingleOperator> run(const Circumstances& circumstances) {
    auto single = std::make_unique<SingleOperator>(watched_.table(), shape_.rows, shape_.dimension);
    arrange(*single, circumstances);
    const bool has_returned = call(*single, circumstances);
    if (watched_.take_change()) report_arithmetic(circumstances);
    if (!has_returned) return nullptr;
    if (single->diagnostics().has_errors()) {
      report_refusal(single->diagnostics());
      return nullptr;
    }
    if (single->result().error()) {
      report_failure(circumstances, *single->result().error());
      return nullptr;
    }
    if (single->result().state() == RunState::pending) {
      findings_.not_run("", " to its end", "it waits for results from outside.");
      return nullptr;
    }
    return single;
  }

  /// False when it throws, which is a finding.
  bool call(SingleOperator& single, const Circumstances& circumstances) {
    RunOptions options;
    options.threads = circumstances.threads;
    options.tile_rows = circumstances.tile_rows;
    try {
      single.run_once(options);
      return true;
    } catch (...) {
      report_throw(circumstances, current_exception_text());
      return false;
    }
  }

  void arrange(SingleOperator& single, const Circumstances& circumstances) const {
    if (circumstances.in_pipeline) single.in_pipeline();
    single.capacity(shape_.rows + 3).objectives(shape_.objectives);
    single.bundle({{Element::real, shape_.dimension}, {Element::integer, 1}});
    for (std::size_t i = 0; i < table_.parameters.size(); ++i) {
      single.parameter(table_.parameters[i].name, parameters_.values[i]);
    }
    for (const PortSpec* port : shown_) single.bind(port->name, port_content(*port, input_, shape_));
    for (const PortSpec& port : table_.ports) {
      if (port.optional && !shape_.with_optional_ports) continue;
      if (!is_neighborhood(port)) continue;
      single.neighborhood(port.name, [](Neighborhood& ring) { ring.set_ring(1); });
    }
  }

  void check_kept(const PortSpec& port, const std::vector<double>& after) {
    const std::vector<double> before = port_content(port, input_, shape_);
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (equal_bits(before[i], after[i])) continue;
      findings_.broken(Clause::keeps_inputs, port.name,
                       "Operator '" + name() + "' changes its in-port '" + std::string(port.name) + "' (" +
                           shape_.to_text() + "), first at " + place_text(port, i, shape_) + ".",
                       number_text(before[i]) + ", as before", number_text(after[i]));
      return;
    }
  }

  void check_numbers(const PortSpec& port, const std::vector<double>& after) {
    const auto found = std::ranges::find_if(after, [](double number) { return std::isnan(number); });
    if (found == after.end()) return;
    const auto index = static_cast<std::size_t>(found - after.begin());
    findings_.broken(Clause::no_nan, port.name,
                     "Operator '" + name() + "' makes NaN of the numbers that its ports are meant for, in port '" +
                         std::string(port.name) + "' (" + shape_.to_text() + "), first at " +
                         place_text(port, index, shape_) + ".",
                     "a number; ports can say for which numbers they are meant", "NaN");
  }

  void check_same(const PortSpec& port, const SingleOperator& first, const SingleOperator& other,
                  const Variation& variation) {
    const std::vector<double> expected = first.content(port.name);
    const std::vector<double> found = other.content(port.name);
    const std::string what = "Operator '" + name() + "' gives port '" + std::string(port.name) + "' other content " +
                             variation.difference + " (" + shape_.to_text() + "; " + variation.circumstances.to_text() +
                             ")";
    if (expected.size() != found.size()) {
      findings_.broken(Clause::same_bits, port.name, what + ".", counted(expected.size(), "number"),
                       counted(found.size(), "number"));
      return;
    }
    for (std::size_t i = 0; i < expected.size(); ++i) {
      if (equal_bits(expected[i], found[i])) continue;
      findings_.broken(Clause::same_bits, port.name, what + ", first at " + place_text(port, i, shape_) + ".",
                       number_text(expected[i]), number_text(found[i]));
      return;
    }
  }

  void report_throw(const Circumstances& circumstances, const std::string& what) {
    findings_.broken(Clause::runs, "",
                     "Operator '" + name() + "' throws instead of reporting (" + shape_.to_text() + "; " +
                         circumstances.to_text() + ").",
                     "no exception", what.empty() ? "an exception that says nothing" : what);
  }

  void report_arithmetic(const Circumstances& circumstances) {
    findings_.broken(Clause::keeps_arithmetic, "",
                     "Operator '" + name() + "' changes how floating-point numbers are computed (" + shape_.to_text() +
                         "; " + circumstances.to_text() + ").",
                     "rounding, masked exceptions and the treatment of denormal numbers as it found them");
  }

  void report_failure(const Circumstances& circumstances, const RunError& error) {
    const std::string row = error.row ? "row " + std::to_string(*error.row) + ": " : "";
    findings_.broken(Clause::runs, "",
                     "Operator '" + name() + "' fails (" + shape_.to_text() + "; " + circumstances.to_text() + ").",
                     "no failure with numbers that its ports are meant for", row + error.message);
  }

  void report_refusal(const Diagnostics& refusal) {
    std::vector<std::string> reasons;
    for (const Diagnostic& diagnostic : refusal.items()) reasons.push_back(diagnostic.message);
    const std::string made_up = parameters_.made_up.empty() ? "" : " (made up: " + joined(parameters_.made_up) + ")";
    findings_.not_run("", " with " + shape_.to_text() + made_up, joined(reasons));
  }

  [[nodiscard]] std::string name() const { return std::string(table_.name); }

  const OperatorTable& table_;
  const ContractInput& input_;
  const ParameterValues& parameters_;
  Shape shape_;
  ContractFindings& findings_;
  WatchedOperator watched_;
  std::vector<const PortSpec*> shown_;
};

bool can_be_bound(const OperatorTable& table, ContractFindings& findings) {
  bool all = true;
  for (const PortSpec& port : table.ports) {
    const std::string why = unsupported_port(port);
    if (!why.empty()) findings.not_run(port.name, "", why);
    all = all && why.empty();
  }
  return all;
}

}  // namespace

void check_contract(const OperatorTable& table, const ContractInput& input, Diagnostics& diagnostics) {
  if (!check_operator(table, std::string(table.name), diagnostics)) return;
  ContractFindings findings(table.name, diagnostics);
  check_documented(table, findings);
  if (!can_be_bound(table, findings)) return;
  const bool has_optional = std::ranges::any_of(table.ports, &PortSpec::optional);
  for (const std::size_t dimension : input.dimensions) {
    const auto parameters = parameter_values(table, input, dimension, findings);
    if (!parameters) continue;
    for (const std::size_t rows : {1U, 2U, 17U, 70U}) {
      for (const bool with_optional : {false, true}) {
        if (with_optional && !has_optional) continue;
        ShapeCheck(table, input, *parameters, {rows, dimension, input.objectives, has_optional, with_optional},
                   findings)
            .check();
      }
    }
  }
}

}  // namespace skein
