// Draft: the plan under construction, with what only the compiler knows of its variables.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "compiler/mark.hpp"
#include "plan/plan.hpp"
#include "skein/diagnostic.hpp"
#include "skein/expression.hpp"
#include "skein/graph.hpp"
#include "skein/problem.hpp"
#include "skein/registry.hpp"
#include "skein/type.hpp"
#include "skein/value.hpp"

namespace skein::compiler {

/// What one cell (a global, or one row of a column) holds, with all sizes known. Identity is the element's name.
struct CellType {
  std::string element;
  std::size_t indexed_population = no_population;
  std::vector<std::size_t> sizes;
  friend bool operator==(const CellType&, const CellType&) = default;
};

/// What the compiler knows of a plan variable.
struct VariableFacts {
  CellType type;
  bool column = false;
  bool object = false;
  std::optional<Scalar> constant;  ///< never changes
  bool has_initial = false;        ///< may be read before it is written
  bool declared = false;           ///< by the author of a graph, not by the compiler
  bool of_catalogue = false;       ///< in a graph of the catalogue, which cannot know whether its slots use it
  bool result = false;             ///< an out-port of the whole algorithm: used by whoever asks for the result
  std::size_t frame = no_index;    ///< the set of frames that have one each; no_index: the outermost frame
  SourceLocation where;
};

/// A set of frames. Until the plan is complete, their variables and steps stand among all others: the steps of a block
/// behind the one that enters it, up to its destination.
struct FrameSet {
  std::string name;  ///< "islands/island": instance path and name
  std::size_t count = 1;
  bool single = false;            ///< declared without a count: may write what is around it
  std::size_t around = no_index;  ///< the set it stands in
};

/// Where a step came from, and what it would do that is left out because of an error.
struct StepFacts {
  SourceLocation where;
  std::vector<std::size_t> presumed = {};      ///< variables that it might read and write
  std::vector<std::size_t> only_read = {};     ///< those of them that it does not write
  std::vector<std::size_t> only_written = {};  ///< those of them that it does not read
  const GraphSlot* slot = nullptr;             ///< of the outermost graph, whose content the step belongs to
};

class Draft {
 public:
  Draft(const Registry& known, const Problem& solved, const EncodingSpec& encoded)
      : registry(known), problem(solved), encoding(encoded) {}

  const Registry& registry;
  const Problem& problem;
  const EncodingSpec& encoding;
  Plan plan;
  std::vector<VariableFacts> facts;   ///< beside plan.variables
  std::vector<StepFacts> step_facts;  ///< beside plan.steps
  std::vector<SourceLocation> populations_where;
  std::vector<std::size_t> population_frames;  ///< beside plan.populations
  std::vector<FrameSet> frame_sets;
  std::size_t frame = no_index;  ///< the set that what is added now belongs to
  bool keeps_marks = false;      ///< a picture is wanted: what leaves no step gets one that does nothing
  std::vector<Mark> marks;       ///< in the order of the steps

  std::size_t add_population(std::string name, std::size_t rows, std::size_t capacity);

  /// Adds a variable whose type is known. `initial` empty: the default of the element (0; for fitness the worst; for
  /// an index `no_row`).
  std::size_t add_variable(std::string name, const CellType& type, std::size_t population, VariableFacts own_facts,
                           std::vector<double> initial = {});

  /// The read-only global that holds this boolean, integer or real number; one for each value.
  std::size_t constant(const Scalar& value);

  /// Whether what one frame of this set has is known here: the set is the one that is worked on, or around it.
  [[nodiscard]] bool is_in_reach(std::size_t frames) const noexcept;
  /// Whether several frames that run side by side see the same thing of a frame of this set, which is in reach.
  [[nodiscard]] bool is_shared(std::size_t frames) const noexcept;

  std::size_t add_step(PlanStep step, const SourceLocation& where);

  /// Marks, where they are wanted.
  void open(Mark mark);
  void close();

  /// The parts of a cell: bundles of the encoding and fitness are looked up, elementary types have one part.
  [[nodiscard]] std::vector<Part> parts(const CellType& type) const;

  /// "index<swarm>[n,3]" for messages.
  [[nodiscard]] std::string type_text(const CellType& type, bool column) const;
  [[nodiscard]] std::string variable_text(std::size_t variable) const;
  /// "position: real[n,30], fitness: fitness[n]": equal for populations that can exchange their rows. An index into the
  /// population itself reads index<itself>.
  [[nodiscard]] std::string columns_text(std::size_t population) const;
};

/// Whether this element is one that columns are made of ("real", "whole", "integer", "binary", "boolean", "index").
[[nodiscard]] bool is_elementary(const std::string& element) noexcept;

/// The scalar type of a global of width 1 that can stand in expressions.
[[nodiscard]] std::optional<ScalarType> scalar_type(const CellType& type) noexcept;

}  // namespace skein::compiler
