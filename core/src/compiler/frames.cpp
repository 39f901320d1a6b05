// Sets of frames: their declaration, what is done in them, and what of them is in reach where.
#include <algorithm>
#include <utility>

#include "compiler/expansion.hpp"

namespace skein::compiler {

namespace {

constexpr std::uint64_t most_frames = 100'000;

}  // namespace

void Expansion::declare_frames(Scope& scope, const GraphFrames& frames) {
  scope.add_faulty(frames.name, frames.where);  // until all is found right
  if (frames.faulty) return;
  const std::string path = scope.prefix + "frames/" + frames.name + "/count";
  const auto number = frames.count ? count(scope, *frames.count, path, {"frames", 1, most_frames}) : std::size_t{1};
  if (!number) return;
  draft_.frame_sets.push_back({scope.prefix + frames.name, *number, !frames.count, draft_.frame});
  const std::size_t id = draft_.frame_sets.size() - 1;
  scope.names.insert_or_assign(frames.name, Symbol{Symbol::Kind::frames, {}, id, true, frames.where});
}

/// The set that a declaration or a block names; of a declaration that names none, what is worked on now. Nothing,
/// reported unless that was done before, where there is no such set.
std::optional<std::size_t> Expansion::frames_of(const Scope& scope, const std::string& name,
                                                const SourceLocation& where, const std::string& path) {
  if (name.empty()) return draft_.frame;
  const Symbol* symbol = scope.find(name);
  if (symbol != nullptr && symbol->kind == Symbol::Kind::frames) return symbol->index;
  if (scope.graph->faulty_names || (symbol != nullptr && symbol->kind == Symbol::Kind::faulty)) return std::nullopt;
  std::vector<std::string> known;
  for (const GraphFrames& frames : scope.graph->frames) known.push_back(frames.name);
  report("unknown-frames", where, path, "There are no frames '" + name + "'.",
         known.empty() ? "a set of frames, which stands under \"frames\"" : "a set of frames of this graph",
         "'" + name + "'", nearest_name(name, known));
  return std::nullopt;
}

void Expansion::emit_frames(Scope& scope, const FlowItem& item) {
  const auto frames = item.node.empty() ? std::nullopt : frames_of(scope, item.node, item.where, scope.prefix + "flow");
  if (frames && draft_.frame_sets[*frames].around == draft_.frame) return emit_block(scope, item, *frames);
  if (frames) report_entered_within(scope, item);
  // The body is checked all the same, but nobody knows where it stands.
  const bool before = std::exchange(any_frame_, true);
  emit_flow(scope, item.body);
  any_frame_ = before;
}

void Expansion::report_entered_within(const Scope& scope, const FlowItem& item) {
  report("frame-access", item.where, scope.prefix + "flow",
         "The frames of '" + item.node + "' are entered while one of them is worked on.",
         "\"" + std::string(item.restart ? "repeat" : "parallel") + "\" outside of what is done in them",
         "'" + item.node + "' within '" + item.node + "'");
}

/// Enters the frames; the body follows, up to the destination.
void Expansion::emit_block(Scope& scope, const FlowItem& item, std::size_t frames) {
  draft_.open({Mark::Kind::loop, 0, scope.prefix + item.node, nullptr, nullptr, &item});
  PlanStep enter;
  enter.kind = PlanStep::Kind::children;
  enter.path = draft_.frame_sets[frames].name;
  enter.child = frames;
  enter.parallel = !draft_.frame_sets[frames].single;
  enter.restart = item.restart;
  const std::size_t entered = draft_.add_step(std::move(enter), item.where);
  {
    const InFrames within(draft_.frame, frames);
    emit_flow(scope, item.body);
  }
  draft_.plan.steps[entered].destination = draft_.plan.steps.size();
  draft_.close();
}

/// What a node keeps belongs to the frames that it runs in: it cannot stand in several sets of them.
bool Expansion::check_one_place(const Node& node, const std::string& path) {
  if (any_frame_) return true;
  const auto [place, fresh] = node_frames_.try_emplace(path, draft_.frame);
  if (fresh || place->second == draft_.frame) return true;
  const auto text = [&](std::size_t frames) {
    return frames == no_index ? std::string("outside of frames")
                              : "in the frames of '" + draft_.frame_sets[frames].name + "'";
  };
  report("frame-access", node.component.where, path,
         "The node '" + node.name + "' stands " + text(place->second) + " and " + text(draft_.frame) +
             ": what it keeps could not belong to both.",
         "two nodes", "one node in both places");
  return false;
}

bool Expansion::check_in_reach(std::size_t variable, const SourceLocation& where, const std::string& path) {
  const std::size_t frames = draft_.facts[variable].frame;
  if (any_frame_ || draft_.is_in_reach(frames)) return true;
  const std::string& name = draft_.plan.variables[variable].name;
  report("frame-access", where, path,
         "'" + name + "' is there once in every frame of '" + draft_.frame_sets[frames].name +
             "': here it is not known which one is meant.",
         "a step operator with a port that takes a list", "'" + name + "'");
  return false;
}

/// Of a variable or population.
std::size_t Expansion::frames_of(const PlanBinding& binding) const {
  switch (binding.kind) {
    case PlanBinding::Kind::variable:
      return draft_.facts[binding.index].frame;
    case PlanBinding::Kind::population:
      return draft_.population_frames[binding.index];
    default:
      return no_index;
  }
}

/// What is in reach binds as ever, unless several frames would write it at the same time. What the frames of a set that
/// stands here have binds to a port that takes lists: one member per frame.
bool Expansion::check_frames(const PortRequest& port, Bound& bound, const std::string& path) {
  if (bound.binding.kind == PlanBinding::Kind::group) {
    return std::ranges::all_of(bound.members, [&](Bound& member) {
      PortRequest one = port;
      one.takes_frames = false;
      return check_frames(one, member, path);
    });
  }
  const std::size_t frames = frames_of(bound.binding);
  if (draft_.is_in_reach(frames)) {
    const bool writes = port.direction != Direction::in && !bound.constant && !bound.read_only;
    if (any_frame_ || !writes || !draft_.is_shared(frames)) return true;
    report("frame-access", bound.where, path,
           "Port '" + port.name + "' writes '" + bound.text + "', which the frames of '" +
               draft_.frame_sets[draft_.frame].name + "' share: all of them would write it at the same time.",
           "something that every frame has for itself", "'" + bound.text + "'");
    return false;
  }
  const bool stands_here = draft_.frame_sets[frames].around == draft_.frame;
  if (port.takes_frames && (stands_here || any_frame_)) {
    Bound group = bound;
    group.binding = {};
    group.binding.kind = PlanBinding::Kind::group;
    group.members = {std::move(bound)};
    bound = std::move(group);
    return true;
  }
  if (any_frame_) return true;
  report("frame-access", bound.where, path,
         "'" + bound.text + "' is there once in every frame of '" + draft_.frame_sets[frames].name + "', and port '" +
             port.name + "' does not take all of them.",
         "something of this frame, or a step operator with a port that takes a list", "'" + bound.text + "'");
  return false;
}

}  // namespace skein::compiler
