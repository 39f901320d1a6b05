#include "state/frame.hpp"

#include <algorithm>

#include "skein/random.hpp"

namespace skein {
namespace {

const PlanChild::Link* link_of(const PlanChild* origin, std::size_t variable) {
  if (origin == nullptr) return nullptr;
  for (const PlanChild::Link& link : origin->links) {
    if (link.child_variable == variable) return &link;
  }
  return nullptr;
}

std::size_t frame_count(const PlanChild& child, const Frame& parent) {
  return child.per_row_of == no_population ? child.count : parent.populations[child.per_row_of]->capacity;
}

}  // namespace

void Counters::append(const Counters& later) noexcept {
  if (!evaluations_to_target && later.evaluations_to_target) {
    evaluations_to_target = evaluations + *later.evaluations_to_target;
  }
  evaluations += later.evaluations;
  failed_evaluations += later.failed_evaluations;
}

void StepProgress::begin(std::size_t rows) noexcept {
  active = true;
  told.reset();
  retries = 0;
  count = rows;
  std::fill_n(status.begin(), rows, RowStatus::pending);
}

void StepProgress::tell_failure(std::size_t row, std::string_view message) {
  if (!told || row < told->row) told = ToldFailure{row, std::string(message)};
  status[row] = RowStatus::failed;
}

Frame::Frame(const Plan& root_plan) : plan(&root_plan) {
  path_hash = root_path_hash();
  make_populations(nullptr);
  make_slots(nullptr);
  register_slots();
  make_children();
  make_steps();
}

Frame::Frame(const PlanChild& child, Frame& parent, std::size_t instance) : plan(child.plan.get()), origin(&child) {
  call_depth = parent.call_depth + (child.is_called() ? 1 : 0);
  if (child.is_called() && instance > 0) {
    const auto siblings = std::ranges::find(parent.children, &child, &ChildFrames::child);
    resources_of = siblings->frames.front().get();
  }
  make_populations(&parent);
  make_slots(&parent);
  register_slots();
  show_rows(instance);
  make_children();
  make_steps();
}

Frame::~Frame() = default;

void Frame::make_populations(const Frame* parent) {
  populations.resize(plan->populations.size());
  owned_populations_.resize(plan->populations.size());
  for (std::size_t variable = 0; variable < plan->variables.size(); ++variable) {
    const std::size_t id = plan->variables[variable].population;
    const PlanChild::Link* link = link_of(origin, variable);
    if (id == no_population || link == nullptr || link->row) continue;
    populations[id] = parent->populations[parent->plan->variables[link->parent_variable].population];
  }
  for (std::size_t id = 0; id < populations.size(); ++id) {
    if (populations[id] != nullptr) continue;
    auto population = std::make_unique<Population>();
    population->id = id;
    population->initial_rows = plan->populations[id].rows;
    population->rows = population->initial_rows;
    population->capacity = reserved_rows(*plan, id);
    population->signature = population_signature(*plan, id);
    populations[id] = population.get();
    owned_populations_[id] = std::move(population);
  }
}

void Frame::make_slots(Frame* parent) {
  stream_visits.resize(plan->streams.size());
  owned_slots_.resize(plan->variables.size());
  slots.resize(plan->variables.size());
  for (std::size_t variable = 0; variable < slots.size(); ++variable) {
    const PlanVariable& description = plan->variables[variable];
    const PlanChild::Link* link = link_of(origin, variable);
    if (link != nullptr && !link->row) {
      slots[variable] = parent->slots[link->parent_variable];
      continue;
    }
    const std::size_t id = description.population;
    const std::size_t capacity = id == no_population ? 1 : populations[id]->capacity;
    owned_slots_[variable] = link != nullptr
                                 ? std::make_unique<Slot>(description, *parent->slots[link->parent_variable])
                                 : std::make_unique<Slot>(description, capacity);
    slots[variable] = owned_slots_[variable].get();
  }
}

void Frame::register_slots() {
  for (std::size_t variable = 0; variable < slots.size(); ++variable) {
    const PlanVariable& description = plan->variables[variable];
    if (!holds_content(variable)) continue;
    Slot* const slot = slots[variable];
    Population* owner = nullptr;
    if (description.population != no_population) {
      owner = populations[description.population];
      (description.hidden ? owner->hidden_columns : owner->columns).push_back(slot);
    }
    for (std::size_t part = 0; part < description.parts.size(); ++part) {
      const std::size_t target = description.parts[part].indexed_population;
      if (target != no_population) populations[target]->index_places.push_back({slot, part, owner});
    }
    const std::size_t subject = description.object_population;
    if (subject != no_population) populations[subject]->objects.push_back(slot);
  }
}

void Frame::make_children() {
  children.resize(plan->children.size());
  for (std::size_t i = 0; i < children.size(); ++i) {
    const PlanChild& child = plan->children[i];
    children[i].child = &child;
    if (child.per_row_of != no_population) {
      children[i].rows_of = populations[child.per_row_of];
      populations[child.per_row_of]->frames.push_back(&children[i]);
    }
    const std::size_t count = frame_count(child, *this);
    for (std::size_t instance = 0; instance < count; ++instance) {
      children[i].frames.push_back(std::make_unique<Frame>(child, *this, instance));
    }
    if (child.is_called()) children[i].calls = std::make_unique<EvaluatorCalls>(*this, children[i]);
  }
}

void Frame::make_steps() {
  std::size_t most_rows = 0;
  for (const Population* population : populations) most_rows = std::max(most_rows, population->capacity);
  for (const ChildFrames& frames : children) most_rows = std::max(most_rows, frames.frames.size());
  progress.status.resize(most_rows);
  for (const PlanStep& step : plan->steps) steps.push_back(make_step_state(step, *this));
  for (const PlanPipeline& pipeline : plan->pipelines) {
    if (pipeline.size() > 1) pipelines.push_back(make_pipeline_state(pipeline, *this));
  }
  pipeline_at.resize(steps.size(), nullptr);
  for (PipelineState& pipeline : pipelines) pipeline_at[pipeline.pipeline->first] = &pipeline;
}

void Frame::reset() {
  for (const auto& population : owned_populations_) {
    if (population != nullptr) population->rows = population->initial_rows;
  }
  for (std::size_t variable = 0; variable < slots.size(); ++variable) {
    if (!holds_content(variable)) continue;
    slots[variable]->reset_rows(0, slots[variable]->capacity());
    slots[variable]->reset_object();
  }
  std::ranges::fill(stream_visits, 0);
  for (StepState& step : steps) step.visits = 0;
  program_counter = 0;
  progress.active = false;
  stop_reason = StopReason::none;
  for (const ChildFrames& frames : children) {
    for (const auto& frame : frames.frames) frame->reset();
  }
}

void Frame::show_rows(std::size_t instance) noexcept {
  for (const PlanChild::Link& link : origin->links) {
    if (link.row) slots[link.child_variable]->show_row(instance);
  }
}

void Frame::copy_from(const Frame& other) {
  for (std::size_t id = 0; id < populations.size(); ++id) {
    if (owns_population(id)) populations[id]->rows = other.populations[id]->rows;
  }
  for (std::size_t variable = 0; variable < slots.size(); ++variable) {
    if (holds_content(variable)) slots[variable]->copy_from(*other.slots[variable], rows_of(variable));
  }
  stream_visits = other.stream_visits;
  stop_reason = other.stop_reason;
  for (std::size_t step = 0; step < steps.size(); ++step) steps[step].visits = other.steps[step].visits;
  for (std::size_t i = 0; i < children.size(); ++i) {
    for (std::size_t instance = 0; instance < children[i].frames.size(); ++instance) {
      children[i].frames[instance]->copy_from(*other.children[i].frames[instance]);
    }
  }
}

bool Frame::holds_content(std::size_t variable) const noexcept {
  return owned_slots_[variable] != nullptr && link_of(origin, variable) == nullptr;
}

std::size_t Frame::rows_of(std::size_t variable) const noexcept {
  const std::size_t population = plan->variables[variable].population;
  return population == no_population ? 1 : populations[population]->rows;
}

Counters Frame::total() const {
  Counters sum = counters;
  for (const ChildFrames& frames : children) {
    for (const auto& frame : frames.frames) sum.append(frame->total());
  }
  return sum;
}

void ChildFrames::follow_rows(std::span<const std::uint32_t> old_rows) {
  std::vector<std::unique_ptr<Frame>> moved(frames.size());
  std::vector<const Frame*> old_frames(frames.size());
  for (std::size_t i = 0; i < frames.size(); ++i) old_frames[i] = frames[i].get();
  for (std::size_t row = 0; row < old_rows.size(); ++row) {
    if (old_rows[row] != no_row && frames[old_rows[row]] != nullptr) moved[row] = std::move(frames[old_rows[row]]);
  }
  auto spare = frames.begin();
  for (std::size_t row = 0; row < moved.size(); ++row) {
    if (moved[row] != nullptr) continue;
    while (*spare == nullptr) ++spare;
    moved[row] = std::move(*spare);
    const std::uint32_t old_row = row < old_rows.size() ? old_rows[row] : no_row;
    if (old_row == no_row) {
      moved[row]->reset();
    } else {
      moved[row]->copy_from(*old_frames[old_row]);
    }
  }
  frames = std::move(moved);
  for (std::size_t row = 0; row < frames.size(); ++row) frames[row]->show_rows(row);
}

std::uint64_t root_path_hash() noexcept { return hash_name(""); }

std::uint64_t child_path_hash(std::uint64_t parent, std::string_view step_path, std::size_t instance) noexcept {
  return combine_hash(combine_hash(parent, hash_name(step_path)), instance);
}

}  // namespace skein
