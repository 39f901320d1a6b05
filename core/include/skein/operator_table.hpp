// OperatorTable: the plain form of an operator. It is all that crosses a plugin's boundary.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "skein/context.hpp"
#include "skein/diagnostic.hpp"
#include "skein/element_kernel.hpp"
#include "skein/value.hpp"
#include "skein/view.hpp"

namespace skein {

/// How an operator is driven: over tiles of rows; over row groups with partial results that are combined in a fixed
/// order; or once, seeing the whole state.
enum class OperatorKind : std::uint8_t { row, reducing, step };

enum class Direction : std::uint8_t { in, out, inout };

/// Which rows of a population a port touches: the row that is being worked on, any row (gather), or all of them.
enum class Access : std::uint8_t { own, any, whole };

/// What fills a port: a variable that the graph binds; a hidden variable that the compiler makes, one per node and
/// frame, saved in checkpoints; scratch memory of one row group; or something to call (`skein/callable.hpp`).
enum class PortKind : std::uint8_t { bound, hidden, scratch, callable };

struct PortSpec {
  std::string_view name;
  std::string_view type;  ///< "real[n,d]", "index<n>[n]" (into the operator's own population), "T[n]", "neighborhood",
                          ///< "population"; of a callable port the role of what is called: "evaluator"
  std::string_view summary;
  Direction direction = Direction::in;
  Access access = Access::own;
  PortKind kind = PortKind::bound;
  bool optional = false;  ///< may stay unbound; binds only explicitly
  /// in: also takes real[n], real[d] and real where real[n,d] is asked for. Written column of a row operator: also
  /// takes real[n], and then every inner axis is 1.
  bool broadcast = false;
  bool variadic = false;           ///< binds any number of variables
  bool accepts_unwritten = false;  ///< inout: may be bound to what nothing has written yet (memories that fill up)
  std::string_view initial;        ///< in: default as a number or `=expression`; hidden: initial value; empty: none
  std::string_view unit;
  // Numbers that the port is meant for; contract tests and `describe` use them. They are not checked in the run.
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  bool exclusive_minimum = false;
};

/// `reals` is one number or a list of numbers; `any` is checked by whoever takes it.
enum class ParameterType : std::uint8_t { boolean, integer, real, text, choice, reals, any };

struct ParameterSpec {
  std::string_view name;
  ParameterType type = ParameterType::real;
  std::string_view summary;
  std::string_view initial;  ///< default as document text; empty: the parameter must be given
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  bool exclusive_minimum = false;
  std::string_view choices;  ///< for choice: "clamp|reflect|wrap"
  std::string_view unit;
};

struct StreamSpec {
  std::string_view name;  ///< empty for the only stream of an operator
  std::string_view summary;
};

/// A size that an axis name of an operator's port types has in the plan ("d" = 30).
struct AxisSize {
  std::string name;
  std::size_t size = 0;
};

/// What a port is bound to, as far as it is known before the run.
struct BoundPort {
  bool bound = false;                      ///< an optional port can be open
  std::optional<double> constant;          ///< of a port that is bound to a constant
  std::size_t population = no_population;  ///< that the port is, or that its column or object belongs to
  std::size_t rows = 0;                    ///< of the population at the start
  std::size_t capacity = 0;                ///< most rows that the population can get
  std::string columns;  ///< of a port that is a population: "position: real[n,30], fitness: fitness[n]"
  std::string name;     ///< of the variable or population in the plan: "main loop/iterations", "swarm.position"
  std::vector<BoundPort> members;  ///< of a variadic port
};

/// What `prepare` is given. `parameters` and `ports` stand in the order of the table's specs; parameters are checked
/// for type and range, ports for type and shape.
struct PrepareInput {
  const void* user = nullptr;
  std::span<const Value> parameters;
  std::span<const BoundPort> ports;
  std::span<const AxisSize> axes;
  std::string path;                      ///< node path, for diagnostics
  std::span<const PortSpec> specs = {};  ///< of `ports`

  /// The size of an axis, 0 when the operator has none of that name.
  [[nodiscard]] std::size_t axis(std::string_view name) const noexcept;

  /// What the port of this name is bound to; not bound when the operator has none of that name.
  [[nodiscard]] const BoundPort& port(std::string_view name) const noexcept;

  /// An error about `place`, "parameters/radius" or "in/end_index", that the document shows there.
  [[nodiscard]] Diagnostic refusal(std::string code, std::string_view place, std::string message, std::string expected,
                                   std::string found) const;
};

enum class StepOutcome : std::uint8_t { done, pending };

/// One operator as plain data. Function pointers that do not belong to its kind are null.
struct OperatorTable {
  std::uint32_t struct_size = sizeof(OperatorTable);
  OperatorKind kind = OperatorKind::row;
  std::string_view name;
  std::string_view summary;
  std::string_view source;  ///< paper and year, where there is one
  std::uint32_t revision = 1;
  bool can_fail = true;   ///< row: may throw or defer, and then writes only `out` columns; reducing: always false
  bool can_wait = false;  ///< row, can fail: may defer rows until results come from outside, so nothing can call it
  bool reports_rows =
      false;  ///< row, can fail: says `finished` or `defer` of every row, so that it can take many at once
  bool thread_safe = true;  ///< false: rows are worked on one after another, and the run's report says so
  bool host_arithmetic =
      false;  ///< runs in the floating-point environment of the host; otherwise denormal numbers are flushed to zero
  /// Row: how many rows it works on side by side. Fewer at once would take as long, so tiles whose size the engine
  /// chooses are multiples of it. 0 and 1: row by row.
  std::size_t rows_at_once = 1;
  bool repeatable = true;  ///< false: what it writes depends on more than its ports, on the machine's memory, say
  bool strong_guarantee = false;  ///< step: after a throw nothing has changed; otherwise the engine restores copies

  std::span<const PortSpec> ports;
  std::span<const ParameterSpec> parameters;
  std::span<const StreamSpec> streams;
  std::span<const std::string_view> roles;  ///< roles that the operator is meant for
  std::span<const std::string_view> needs;  ///< in a slot: roles for which another slot of the graph must be filled

  const void* user = nullptr;  ///< handed to `prepare`: what a table made at run time belongs to

  /// Makes the immutable data that all calls of one node share; nullptr with an error in `diagnostics` on failure.
  void* (*prepare)(const PrepareInput& input, Diagnostics& diagnostics) = nullptr;
  void (*destroy_prepared)(void* prepared) = nullptr;

  /// Makes what one run needs beside variables (workers, handles). Must not influence results. May be null.
  void* (*create_resource)(const void* prepared) = nullptr;
  void (*destroy_resource)(void* resource) = nullptr;

  void (*run_rows)(const void* prepared, const PortView* ports, RowContext& context) = nullptr;
  /// Of an elementwise operator: what computes the same as `run_rows` for consecutive elements, as fast as this machine
  /// can. Such an operator cannot fail, has no streams and no scratch, and each port is one column or what is broadcast
  /// to it. Null: it is none.
  ElementKernel (*element_kernel)(const void* prepared) = nullptr;

  std::size_t (*partial_bytes)(const void* prepared, const PortView* ports) = nullptr;
  /// Writes the partial result of the context's rows; may also write own rows of its out ports.
  void (*map)(const void* prepared, const PortView* ports, RowContext& context, std::byte* partial) = nullptr;
  /// Adds the partial result of later rows to `into`.
  void (*combine)(const void* prepared, std::byte* into, const std::byte* later) = nullptr;
  /// Writes the outputs; `total` is null for a population without rows.
  void (*finish)(const void* prepared, const PortView* ports, const std::byte* total) = nullptr;

  StepOutcome (*run_step)(const void* prepared, const PortView* ports, StepContext& context) = nullptr;
};

}  // namespace skein
