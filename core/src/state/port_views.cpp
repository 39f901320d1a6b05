#include "state/port_views.hpp"

#include <algorithm>

#include "skein/random.hpp"
#include "state/frame.hpp"

namespace skein {

PortViews::PortViews(const PlanStep& step, Frame& frame, bool show_shadow) : ports_(step.ports.size()) {
  for (std::size_t port = 0; port < step.ports.size(); ++port) {
    const bool shadow = show_shadow && step.table->ports[port].direction == Direction::out;
    if (step.ports[port].kind == PlanBinding::Kind::scratch) {
      add_scratch(port, step.ports[port], rows_per_group(frame.plan->dimension));
    } else {
      show(ports_[port], step.ports[port], frame, shadow);
    }
  }
  refresh();
}

const PortView* PortViews::refresh() noexcept {
  for (const Source& source : sources_) update(source);
  return ports_.data();
}

void PortViews::show(PortView& view, const PlanBinding& binding, Frame& frame, bool shadow) {
  switch (binding.kind) {
    case PlanBinding::Kind::none:
    case PlanBinding::Kind::scratch:
      return;
    case PlanBinding::Kind::variable:
      return show_variable(view, binding.index, frame, shadow);
    case PlanBinding::Kind::population:
      view.bound = true;
      sources_.push_back({&view, &frame, nullptr, 0, no_index, binding.index});
      return;
    case PlanBinding::Kind::children:
      return show_children(view, binding, frame);
    case PlanBinding::Kind::callable:
      view.bound = true;
      view.evaluator = frame.children[binding.child].calls.get();
      return;
    case PlanBinding::Kind::group: {
      view.bound = true;
      PortView* const members = make_members(view, binding.members.size());
      for (std::size_t i = 0; i < view.member_count; ++i) show(members[i], binding.members[i], frame, shadow);
      return;
    }
  }
}

void PortViews::show_variable(PortView& view, std::size_t variable, const Frame& frame, bool shadow) {
  const Slot& slot = *frame.slots[variable];
  const std::span<const ColumnView> parts = shadow ? slot.shadow_parts() : slot.parts();
  view.bound = true;
  view.parts = parts.data();
  view.part_count = parts.size();
  view.rows = 1;
  const bool changes = frame.plan->variables[variable].population != no_population || slot.object() != nullptr;
  if (changes) sources_.push_back({&view, &frame, nullptr, 0, variable, no_index});
}

void PortViews::show_children(PortView& view, const PlanBinding& binding, const Frame& frame) {
  const ChildFrames& frames = frame.children[binding.child];
  view.bound = true;
  PortView* const members = make_members(view, frames.frames.size());
  for (std::size_t i = 0; i < frames.frames.size(); ++i) {
    members[i].bound = true;
    const std::size_t variable = binding.child_population ? no_index : binding.index;
    const std::size_t population = binding.child_population ? binding.index : no_index;
    sources_.push_back({&members[i], nullptr, &frames, i, variable, population});
  }
  sources_.push_back({&view, nullptr, &frames, 0, no_index, no_index});
}

PortView* PortViews::make_members(PortView& view, std::size_t count) {
  members_.push_back(std::make_unique<PortView[]>(count));
  view.members = members_.back().get();
  view.member_count = count;
  return members_.back().get();
}

void PortViews::update(const Source& source) noexcept {
  PortView& view = *source.view;
  if (source.variable == no_index && source.population == no_index) {
    view.member_count = source.frames->count();
    return;
  }
  const Frame& frame = source.frame != nullptr ? *source.frame : *source.frames->frames[source.instance];
  if (source.population != no_index) {
    Population& population = *frame.populations[source.population];
    view.rows = population.rows;
    view.population = {source.population, population.rows, population.capacity, &population};
    return;
  }
  const Slot& slot = *frame.slots[source.variable];
  if (source.frame == nullptr) {
    view.parts = slot.parts().data();
    view.part_count = slot.parts().size();
  }
  view.rows = frame.rows_of(source.variable);
  view.object = slot.object();
}

void PortViews::add_scratch(std::size_t port, const PlanBinding& binding, std::size_t rows) {
  ScratchPort scratch;
  scratch.port = port;
  for (const Part& part : binding.scratch_parts) {
    scratch.parts.push_back({nullptr, payload_bytes(part), part.width, part.element});
    scratch.offsets.push_back(scratch_bytes_);
    scratch_bytes_ += rounded_up(payload_bytes(part) * rows, cache_line_bytes);
  }
  ports_[port].bound = true;
  ports_[port].part_count = scratch.parts.size();
  ports_[port].rows = rows;
  scratch_parts_ += scratch.parts.size();
  scratch_ports_.push_back(std::move(scratch));
}

void PortViews::place_scratch(PortView* ports, ColumnView* parts, std::byte* memory) const noexcept {
  std::copy(ports_.begin(), ports_.end(), ports);
  for (const ScratchPort& scratch : scratch_ports_) {
    ports[scratch.port].parts = parts;
    for (std::size_t i = 0; i < scratch.parts.size(); ++i) {
      *parts = scratch.parts[i];
      parts->data = memory + scratch.offsets[i];
      ++parts;
    }
  }
}

}  // namespace skein
