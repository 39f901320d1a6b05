// PlanView: how a compiled plan runs, as plain values: its steps, and which of them share a pipeline.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace skein {

struct Plan;

struct PlanViewStep {
  std::string path;       ///< of the node: "main loop/move"; empty for jumps
  std::string operation;  ///< name of the operator, or what the step does: "compute", "jump", "jump unless", "enter"
  std::string variable;   ///< that is computed, or that decides about the jump
  std::optional<std::size_t> destination;  ///< of a jump: number of a step, or the number of steps for the end
  std::optional<std::size_t> child;        ///< whose frames are entered, or called: number in PlanView::children
  std::size_t entry = 0;                   ///< the step of that plan at which its frames begin
  bool parallel = false;                   ///< the frames run side by side
  bool restart = false;                    ///< the frames begin anew each time
};

/// Row steps that run strip by strip. One that nothing shares is a pipeline of one step, and runs tile by tile.
struct PlanViewPipeline {
  std::size_t first = 0;  ///< steps [first, last)
  std::size_t last = 0;
  std::string population;
  std::size_t rows = 0;                      ///< of the population at the start
  std::vector<std::string> strip_variables;  ///< of which there is only a strip per thread
  std::string begins_because;                ///< why it is not one with the pipeline before; empty for the first
};

struct PlanViewVariable {
  std::string name;        ///< as Run::variable knows it
  std::string type;        ///< "real[n,30]", "integer", "neighborhood"; a solution of several parts: "real[n,30] + …"
  std::string population;  ///< of a column
};

struct PlanViewChild;

struct PlanView {
  std::string name;                ///< of the algorithm, or of a set of frames
  std::size_t dimension = 1;       ///< of the problem
  std::size_t group_rows = 1;      ///< rows that share random numbers; tiles are whole groups where there are such
  std::size_t strip_rows = 1;      ///< rows of a strip
  bool counts_iterations = false;  ///< has an integer out-port `iterations`
  std::vector<PlanViewStep> steps;
  std::vector<PlanViewPipeline> pipelines;
  std::vector<PlanViewVariable> variables;
  std::vector<PlanViewChild> children;
};

/// A plan within a plan, of which there are several frames: what `parallel` and `repeat` do, or what an operator calls.
struct PlanViewChild {
  PlanView plan;           ///< its variables without those that are places of the plan around it
  std::size_t frames = 0;  ///< at the start, where there is one for each row
  std::string per_row_of;  ///< the population that has a frame for each row; empty: a fixed number
  bool is_called = false;  ///< by an operator, once for each evaluation that it asks for
  std::string port;        ///< of a called one: the operator's
};

/// What is to be said about a plan (of a Job). Cost: O(steps).
[[nodiscard]] PlanView view_plan(const Plan& plan);

}  // namespace skein
