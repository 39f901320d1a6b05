#include "compiler/frame_plans.hpp"

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "plan/pipelines.hpp"

namespace skein::compiler {

namespace {

/// Steps of the draft that belong to one block.
struct Section {
  std::size_t first = 0;
  std::size_t last = 0;
};

/// A child plan under the numbers of the draft.
struct FramePart {
  std::shared_ptr<Plan> plan;
  std::vector<std::size_t> linked;     ///< variables of the draft that are linked to it, in the order of the draft
  std::vector<std::size_t> variables;  ///< number in the draft -> number in the plan
  std::vector<std::size_t> populations;
};

/// What is made of the draft for one set of frames, or for the outermost frame.
class FramePlan {
 public:
  FramePlan(const Draft& draft, std::size_t frames, std::vector<Section> sections)
      : draft_(draft), flat_(draft.plan), frames_(frames), sections_(std::move(sections)) {}

  FramePart build() {
    result_.plan = std::make_shared<Plan>();
    find_inner_blocks();
    for (const std::size_t set : inner_) parts_.push_back(FramePlan(draft_, set, blocks_[set]).build());
    choose_variables();
    add_populations();
    add_variables();
    add_children();
    for (const Section& section : sections_) add_section(section);
    set_engine_variables();
    form_pipelines(plan());
    return std::move(result_);
  }

 private:
  [[nodiscard]] Plan& plan() { return *result_.plan; }
  [[nodiscard]] bool is_root() const { return frames_ == no_index; }
  [[nodiscard]] bool is_own(std::size_t variable) const { return draft_.facts[variable].frame == frames_; }
  [[nodiscard]] bool is_constant(std::size_t variable) const { return draft_.facts[variable].constant.has_value(); }

  /// The numbers in the draft of the steps of a section that are no steps of frames within.
  template <class Visit>
  void for_each_step(const Section& section, Visit visit) const {
    for (std::size_t i = section.first; i < section.last; ++i) {
      visit(i);
      if (flat_.steps[i].kind == PlanStep::Kind::children) i = flat_.steps[i].destination - 1;
    }
  }

  void find_inner_blocks() {
    blocks_.resize(draft_.frame_sets.size());
    for (std::size_t set = 0; set < draft_.frame_sets.size(); ++set) {
      if (draft_.frame_sets[set].around == frames_) inner_.push_back(set);
    }
    for (const Section& section : sections_) {
      for_each_step(section, [&](std::size_t i) {
        const PlanStep& step = flat_.steps[i];
        if (step.kind == PlanStep::Kind::children) blocks_[step.child].push_back({i + 1, step.destination});
      });
    }
  }

  void use(std::size_t variable) {
    if (variable != no_index) used_[variable] = true;
  }

  /// A population has no storage but its columns: a plan that speaks of it is linked to one of them.
  void use_population(std::size_t population) {
    if (population == no_population || draft_.population_frames[population] == frames_) return;
    for (std::size_t i = 0; i < flat_.variables.size(); ++i) {
      const bool fits = flat_.variables[i].population == population && !flat_.variables[i].hidden;
      if (fits) return use(i);
    }
  }

  void use_binding(const PlanBinding& binding) {
    if (binding.kind == PlanBinding::Kind::variable) use(binding.index);
    if (binding.kind == PlanBinding::Kind::population) use_population(binding.index);
    if (inner_frames(binding) != no_index) return;  // the child plan has it
    for (const PlanBinding& member : binding.members) use_binding(member);
  }

  /// The set whose frames a port takes as its members; no_index for other bindings.
  [[nodiscard]] std::size_t inner_frames(const PlanBinding& binding) const {
    if (binding.kind != PlanBinding::Kind::group || binding.members.size() != 1) return no_index;
    const PlanBinding& member = binding.members.front();
    const bool population = member.kind == PlanBinding::Kind::population;
    const std::size_t set = population ? draft_.population_frames[member.index] : draft_.facts[member.index].frame;
    return set != no_index && draft_.frame_sets[set].around == frames_ ? set : no_index;
  }

  void choose_variables() {
    used_.assign(flat_.variables.size(), false);
    for (const Section& section : sections_) {
      for_each_step(section, [&](std::size_t i) {
        const PlanStep& step = flat_.steps[i];
        for (const PlanBinding& binding : step.ports) use_binding(binding);
        for (const std::size_t input : step.expression_inputs) use(input);
        use(step.target);
        use(step.only_row);
      });
    }
    for (const auto& part : parts_) {
      for (const std::size_t variable : part.linked) use(variable);
    }
    for (std::size_t i = 0; i < used_.size(); ++i) {
      const bool own = is_own(i) && !(is_constant(i) && !is_root());
      if (own) use(i);
      if (!own && !used_[i]) continue;
      for (const Part& part : flat_.variables[i].parts) use_population(part.indexed_population);
      use_population(flat_.variables[i].object_population);
    }
  }

  [[nodiscard]] bool is_linked(std::size_t variable) const {
    return used_[variable] && !is_own(variable) && !is_constant(variable);
  }

  void add_populations() {
    std::vector<bool> wanted(flat_.populations.size(), false);
    const auto want = [&](std::size_t population) {
      if (population != no_population) wanted[population] = true;
    };
    for (std::size_t id = 0; id < wanted.size(); ++id) wanted[id] = draft_.population_frames[id] == frames_;
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (!used_[i]) continue;
      want(flat_.variables[i].population);
      want(flat_.variables[i].object_population);
      for (const Part& part : flat_.variables[i].parts) want(part.indexed_population);
    }
    result_.populations.assign(wanted.size(), no_population);
    for (std::size_t id = 0; id < wanted.size(); ++id) {
      if (!wanted[id]) continue;
      result_.populations[id] = plan().populations.size();
      plan().populations.push_back(flat_.populations[id]);
    }
  }

  [[nodiscard]] std::size_t population_here(std::size_t population) const {
    return population == no_population ? no_population : result_.populations[population];
  }

  [[nodiscard]] std::size_t variable_here(std::size_t variable) const {
    return variable == no_index ? no_index : result_.variables[variable];
  }

  void add_variables() {
    result_.variables.assign(flat_.variables.size(), no_index);
    for (std::size_t i = 0; i < used_.size(); ++i) {
      if (!used_[i]) continue;
      PlanVariable variable = flat_.variables[i];
      variable.population = population_here(variable.population);
      variable.object_population = population_here(variable.object_population);
      for (Part& part : variable.parts) part.indexed_population = population_here(part.indexed_population);
      variable.external = is_linked(i);
      if (variable.external) result_.linked.push_back(i);
      result_.variables[i] = plan().variables.size();
      plan().variables.push_back(std::move(variable));
    }
  }

  void add_children() {
    for (std::size_t i = 0; i < inner_.size(); ++i) {
      PlanChild child;
      child.count = draft_.frame_sets[inner_[i]].count;
      for (const std::size_t variable : parts_[i].linked) {
        child.links.push_back({parts_[i].variables[variable], variable_here(variable), false});
      }
      child.plan = parts_[i].plan;
      plan().children.push_back(std::move(child));
    }
  }

  [[nodiscard]] std::size_t child_of(std::size_t set) const {
    return static_cast<std::size_t>(std::ranges::find(inner_, set) - inner_.begin());
  }

  void move_binding(PlanBinding& binding) const {
    if (const std::size_t set = inner_frames(binding); set != no_index) {
      const PlanBinding member = binding.members.front();
      const FramePart& part = parts_[child_of(set)];
      binding = {};
      binding.kind = PlanBinding::Kind::children;
      binding.child = child_of(set);
      binding.child_population = member.kind == PlanBinding::Kind::population;
      binding.index = binding.child_population ? part.populations[member.index] : part.variables[member.index];
      return;
    }
    if (binding.kind == PlanBinding::Kind::variable) binding.index = variable_here(binding.index);
    if (binding.kind == PlanBinding::Kind::population) binding.index = population_here(binding.index);
    for (PlanBinding& member : binding.members) move_binding(member);
    for (Part& part : binding.scratch_parts) part.indexed_population = population_here(part.indexed_population);
  }

  std::size_t stream_here(std::size_t stream) {
    const PlanStream& wanted = flat_.streams[stream];
    const auto known = std::ranges::find(plan().streams, wanted.name, &PlanStream::name);
    const auto place = static_cast<std::size_t>(known - plan().streams.begin());
    if (known == plan().streams.end()) plan().streams.push_back(wanted);
    return place;
  }

  /// The place of every step of the section in the new list; that of its end comes last.
  [[nodiscard]] std::vector<std::size_t> places(const Section& section) {
    std::vector<std::size_t> result(section.last - section.first + 1, no_index);
    std::size_t next = plan().steps.size();
    for_each_step(section, [&](std::size_t i) { result[i - section.first] = next++; });
    result.back() = next;
    return result;
  }

  void add_section(const Section& section) {
    const std::vector<std::size_t> place = places(section);
    for_each_step(section, [&](std::size_t i) {
      PlanStep step = flat_.steps[i];
      for (PlanBinding& binding : step.ports) move_binding(binding);
      for (std::size_t& input : step.expression_inputs) input = variable_here(input);
      for (std::size_t& stream : step.streams) stream = stream_here(stream);
      step.target = variable_here(step.target);
      step.only_row = variable_here(step.only_row);
      step.population = population_here(step.population);
      if (step.kind == PlanStep::Kind::children) {
        step.entry = entry_of(step.child, i + 1);
        step.child = child_of(step.child);
        step.destination = no_index;
      } else if (step.destination != no_index) {
        step.destination = place[step.destination - section.first];
      }
      plan().steps.push_back(std::move(step));
    });
    if (!is_root()) add_way_out(section);
  }

  /// Jumps from the end of a block to the end of the plan.
  void add_way_out(const Section& section) {
    PlanStep leave;
    leave.kind = PlanStep::Kind::jump;
    leave.path = draft_.frame_sets[frames_].name;
    std::size_t steps = 0;
    bool behind = false;
    for (const Section& other : sections_) {
      if (behind) for_each_step(other, [&steps](std::size_t) { ++steps; });
      steps += behind ? 1 : 0;
      behind = behind || &other == &section;
    }
    leave.destination = plan().steps.size() + 1 + steps;
    plan().steps.push_back(std::move(leave));
  }

  /// Where the block that begins at this step of the draft begins in the plan of its set.
  [[nodiscard]] std::size_t entry_of(std::size_t set, std::size_t first) const {
    std::size_t entry = 0;
    for (const Section& block : blocks_[set]) {
      if (block.first == first) break;
      for_each_step(block, [&entry](std::size_t) { ++entry; });
      ++entry;  // its way out
    }
    return entry;
  }

  void set_engine_variables() {
    plan().name = is_root() ? flat_.name : draft_.frame_sets[frames_].name;
    plan().dimension = flat_.dimension;
    plan().problem_hash = flat_.problem_hash;
    plan().evaluations_variable = variable_here(flat_.evaluations_variable);
    if (!is_root()) return;
    plan().best_variable = variable_here(flat_.best_variable);
    plan().best_fitness_variable = variable_here(flat_.best_fitness_variable);
    plan().iterations_variable = variable_here(flat_.iterations_variable);
    for (const PlanOutput& output : flat_.outputs) {
      plan().outputs.push_back({output.name, variable_here(output.variable)});
    }
  }

  const Draft& draft_;
  const Plan& flat_;
  std::size_t frames_;
  std::vector<Section> sections_;
  std::vector<std::size_t> inner_;            ///< the sets that stand in this one
  std::vector<std::vector<Section>> blocks_;  ///< by set
  std::vector<FramePart> parts_;              ///< beside inner_
  std::vector<bool> used_;                    ///< by variable of the draft
  FramePart result_;
};

}  // namespace

Plan complete_plan(Draft& draft) {
  if (draft.frame_sets.empty()) {
    form_pipelines(draft.plan);
    return std::move(draft.plan);
  }
  FramePart root = FramePlan(draft, no_index, {{0, draft.plan.steps.size()}}).build();
  return std::move(*root.plan);
}

}  // namespace skein::compiler
