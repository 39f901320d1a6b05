// Plan: a compiled graph. Flat steps over numbered variables; immutable, shared by all runs of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "skein/expression.hpp"
#include "skein/object.hpp"
#include "skein/operator_table.hpp"
#include "skein/type.hpp"

namespace skein {

inline constexpr std::size_t no_index = static_cast<std::size_t>(-1);

/// A named set of rows. Its columns are the variables that name it.
struct PlanPopulation {
  std::string name;
  std::size_t rows = 0;      ///< at the start
  std::size_t capacity = 0;  ///< what resizes can reach; reserved once
};

/// A place for data: a global or a column of a population, of one or more parts, or an object.
struct PlanVariable {
  std::string name;  ///< unique in the plan: "swarm.position", "main loop/iterations"
  std::size_t population = no_population;
  std::vector<Part> parts;
  /// Initial content of each cell, part after part (indices and integers as doubles). One number fills all elements.
  std::vector<double> initial = {0.0};
  ObjectFactory create_object = nullptr;          ///< of an object variable; then `parts` is empty
  std::size_t object_population = no_population;  ///< the population that the object speaks of
  bool hidden = false;    ///< an operator's own: stays where it is when populations exchange their rows
  bool external = false;  ///< in a child plan: storage belongs to the parent frame (see PlanChild::links)
  bool shadowed = false;  ///< written by a row operator that can fail: a second copy of the column exists
};

/// What a port of a step is bound to.
struct PlanBinding {
  enum class Kind : std::uint8_t { none, variable, population, children, group, scratch, callable };
  Kind kind = Kind::none;
  std::size_t index = no_index;  ///< variable or population; for children: the variable or population in the child plan
  std::size_t child = no_index;  ///< for children: which PlanChild, the port sees one member per frame; for callable
  bool child_population = false;     ///< for children: `index` is a population
  std::vector<PlanBinding> members;  ///< for group
  std::vector<Part> scratch_parts;   ///< for scratch: width in elements per row of the row group

  static PlanBinding to_variable(std::size_t index) { return {Kind::variable, index, no_index, false, {}, {}}; }
  static PlanBinding to_population(std::size_t index) { return {Kind::population, index, no_index, false, {}, {}}; }
};

/// A sub-plan that is instantiated as frames of this one.
struct PlanChild {
  std::shared_ptr<const struct Plan> plan;
  std::size_t count = 0;                   ///< number of frames, unless one per row:
  std::size_t per_row_of = no_population;  ///< one frame per row of this population (its capacity is reserved)
  struct Link {
    std::size_t child_variable = 0;  ///< external variable of the child plan
    std::size_t parent_variable = 0;
    bool row =
        false;  ///< the child's global is the frame's own row of the parent's column; otherwise they are the same place
  };
  std::vector<Link> links;
  /// Of a child that an operator calls, row by row, the variables that take the solution and hold its fitness.
  std::size_t call_solution = no_index;
  std::size_t call_fitness = no_index;

  [[nodiscard]] bool is_called() const noexcept { return call_fitness != no_index; }
};

/// A random stream of a plan. Its name is hashed into the key; two steps may share one.
struct PlanStream {
  std::string name;
  std::uint64_t hash = 0;
};

struct PlanStep {
  enum class Kind : std::uint8_t {
    row,          ///< row operator over `population`
    reducing,     ///< reducing operator over `population`
    whole,        ///< step operator
    compute,      ///< `expression` over `expression_inputs` into global `target`
    jump,         ///< to step `destination`
    jump_if_not,  ///< to step `destination` when global boolean `target` is 0
    children      ///< enters the frames of `child`, in order or in parallel
  };
  Kind kind = Kind::row;
  std::string path;  ///< node path for messages: "main loop/move"
  const OperatorTable* table = nullptr;
  std::shared_ptr<const void> keeps_table_alive;
  std::shared_ptr<const void> prepared;
  std::uint64_t parameters_hash = 0;  ///< of the values that `prepared` was made from
  std::size_t population = no_population;
  std::size_t only_row = no_index;      ///< of a row operator: the global that says on which row alone it works
  std::vector<PlanBinding> ports;       ///< in the order of table->ports
  std::vector<std::size_t> streams;     ///< in the order of table->streams: indices into Plan::streams
  bool counts_evaluations = false;      ///< fills the role evaluator: its rows are counted
  std::size_t fitness_port = no_index;  ///< of an evaluator: which port the fitness is written to

  std::optional<Expression> expression;
  std::vector<std::size_t> expression_inputs;
  std::size_t target = no_index;
  std::size_t destination = no_index;

  std::size_t child = no_index;
  bool parallel = false;  ///< children: frames may run at the same time
  bool restart = false;   ///< children: every entry starts from initial values, with keys of its own
  std::size_t entry = 0;  ///< children: the step of the child plan at which its frames begin
};

/// Consecutive row steps over one population that can run strip by strip, with the bits that they have one after
/// another. At most the last of them can fail or is a reducing one.
struct PlanPipeline {
  std::size_t first = 0;  ///< steps [first, last)
  std::size_t last = 0;
  /// Columns that are written before they are read in every pass and used nowhere else: a strip of them is enough.
  std::vector<std::size_t> strip_variables;
  std::string begins_because;  ///< why `first` does not belong to the pipeline before it; empty where none is before it

  [[nodiscard]] std::size_t size() const noexcept { return last - first; }
};

/// A scalar out-port of the whole algorithm: a number that results show.
struct PlanOutput {
  std::string name;
  std::size_t variable = no_index;
};

/// A compiled graph. `pipelines` cover the row and reducing steps of `steps`, in their order.
struct Plan {
  std::string name;
  std::size_t dimension = 1;  ///< rows per row group depend on it alone
  std::vector<PlanPopulation> populations;
  std::vector<PlanVariable> variables;
  std::vector<PlanStream> streams;
  std::vector<PlanChild> children;
  std::vector<PlanStep> steps;
  std::vector<PlanPipeline> pipelines;  ///< none: every step runs by itself

  std::uint64_t problem_hash = 0;  ///< of what a document says of the problem

  /// Where the engine puts what it publishes, `no_index` when the plan has no use for it. Globals of type integer.
  std::size_t evaluations_variable = no_index;

  /// Where a result is read from: the globals `best` (solution) and `best_fitness`, and the integer `iterations`.
  std::size_t best_variable = no_index;
  std::size_t best_fitness_variable = no_index;
  std::size_t iterations_variable = no_index;
  std::vector<PlanOutput> outputs;  ///< further ones
};

/// A number that two plans share only if a checkpoint of one can be continued by the other: hashed from names, parts,
/// initial values, steps, operators with their revisions and parameters, what the document says of the problem, and
/// child plans.
[[nodiscard]] std::uint64_t plan_fingerprint(const Plan& plan);

}  // namespace skein
