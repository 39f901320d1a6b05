// SingleOperator: runs one operator once, on a hand-built plan with one population.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "skein/diagnostic.hpp"
#include "skein/neighborhood.hpp"
#include "skein/operator_table.hpp"
#include "skein/run.hpp"
#include "skein/value.hpp"

namespace skein {

/// Contents are numbers, cell after cell and within a cell part after part: whole rows of a column, one cell of a
/// global. A single number fills everything.
///
/// A port that is not bound gets a variable of its own with its default, or infinity for fitness and 0 for everything
/// else; an optional port stays unbound. Hidden and scratch ports are made.
class SingleOperator {
 public:
  SingleOperator(const OperatorTable& table, std::size_t rows, std::size_t dimension);

  SingleOperator& parameter(std::string_view name, Value value);
  /// Binds a port to a new variable of `type`, which is the port's own unless given (for broadcasts).
  SingleOperator& bind(std::string_view port, std::vector<double> content = {}, std::string_view type = "");
  /// Binds a port to the variable of another port.
  SingleOperator& share(std::string_view port, std::string_view with);
  /// What `solution` and type variables stand for: one real[d] unless given.
  SingleOperator& bundle(std::vector<Part> parts);
  SingleOperator& stream(std::string_view stream, std::string_view name);
  /// Prepares the object behind a port of type `neighborhood`, which becomes bound.
  SingleOperator& neighborhood(std::string_view port, std::function<void(Neighborhood&)> arrange);
  /// The same for an object of any type.
  SingleOperator& object(std::string_view port, std::function<void(ObjectVariable&)> arrange);
  SingleOperator& capacity(std::size_t rows);
  /// How many objectives a fitness has: one unless given.
  SingleOperator& objectives(std::size_t count);
  /// Runs the operator as the last one of a pipeline: strip by strip.
  SingleOperator& in_pipeline();

  /// Runs it. What goes wrong is in `diagnostics()` (nothing ran) or `run().error()`. An elementwise operator also runs
  /// in a pipeline; std::logic_error unless that gives the same bits.
  SingleOperator& run(const RunOptions& options = {});
  /// Runs it once only, whether it is elementwise or not.
  SingleOperator& run_once(const RunOptions& options);

  [[nodiscard]] const Diagnostics& diagnostics() const { return diagnostics_; }
  [[nodiscard]] const Run& result() const { return *run_; }
  [[nodiscard]] std::vector<double> content(std::string_view port) const;
  [[nodiscard]] const Neighborhood& neighborhood(std::string_view port) const;
  [[nodiscard]] std::size_t rows() const;

 private:
  struct Binding {
    std::string type;
    std::vector<double> content;
    std::string shared_with;
    std::function<void(ObjectVariable&)> arrange;
  };

  [[nodiscard]] std::vector<std::vector<double>> written_contents() const;

  const OperatorTable& table_;
  std::size_t rows_;
  std::size_t dimension_;
  std::size_t capacity_;
  std::size_t objectives_ = 1;
  bool in_pipeline_ = false;
  std::vector<Part> bundle_;
  std::map<std::string, Value, std::less<>> parameters_;
  std::map<std::string, Binding, std::less<>> bindings_;
  std::map<std::string, std::string, std::less<>> streams_;
  Diagnostics diagnostics_;
  std::unique_ptr<Run> run_;

  friend class SingleOperatorPlan;
};

/// The value that a default given as text stands for: a number, true, false, a list of numbers, or the text itself.
[[nodiscard]] Value default_value(const ParameterSpec& spec);

}  // namespace skein
