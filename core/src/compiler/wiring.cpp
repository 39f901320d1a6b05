#include "compiler/wiring.hpp"

#include <algorithm>

#include "documents/joined.hpp"

namespace skein::compiler {

namespace {

class SlotWiring {
 public:
  SlotWiring(Scope& scope, const WiringInput& input, OfferedComponents& offered, Diagnostics& diagnostics)
      : scope_(scope), input_(input), offered_(offered), diagnostics_(diagnostics) {}

  void fill() {
    check_names();
    for (const GraphSlot& slot : scope_.graph->slots) {
      if (slot.faulty && slot.role.empty()) continue;  // its role could not be read
      if (input_.draft.registry.find_role(slot.role) == nullptr) {
        std::vector<std::string> roles;
        for (const auto& role : input_.draft.registry.roles()) roles.push_back(role.name);
        report("unknown-role", slot.where, slot, "There is no role '" + slot.role + "'.", joined(roles),
               "'" + slot.role + "'", nearest_name(slot.role, roles));
        continue;
      }
      SlotContent filled = content(slot);
      for (SlotEntry& entry : filled.entries) {
        if (scope_.prefix.empty()) entry.outermost = &slot;
      }
      scope_.slots.insert_or_assign(slot.name, std::move(filled));
    }
  }

 private:
  void check_names() {
    std::vector<std::string> names;
    for (const GraphSlot& slot : scope_.graph->slots) names.push_back(slot.name);
    for (const SlotFilling& filling : input_.fillings) {
      if (scope_.graph->faulty_names || std::ranges::find(names, filling.slot) != names.end()) continue;
      diagnostics_.add({"unknown-slot", Severity::error, filling.where, input_.path + "/slots/" + filling.slot,
                        "There is no slot '" + filling.slot + "' of " + input_.owner + ".",
                        names.empty() ? "no slots" : joined(names), "'" + filling.slot + "'",
                        nearest_name(filling.slot, names)});
    }
  }

  SlotContent content(const GraphSlot& slot) {
    const auto filling = std::ranges::find(input_.fillings, slot.name, &SlotFilling::slot);
    if (filling != input_.fillings.end()) return chosen(slot, *filling);
    if (slot.initial) {
      if (slot.initial->kind == Component::Kind::empty) return {};
      return {{SlotEntry{slot.name, &*slot.initial, &scope_, nullptr,
                         standard(slot, SlotStandard::By::graph_default, scope_.graph)}}};
    }
    return offered(slot);
  }

  /// `graph`: that says what fills the slot, null for the problem.
  std::shared_ptr<const SlotStandard> standard(const GraphSlot& slot, SlotStandard::By by, const Graph* graph) {
    SlotStandard made;
    made.by = by;
    made.graph = graph == nullptr ? "" : graph->name;
    made.slot = slot.name;
    made.role = slot.role;
    made.owner = input_.owner;
    made.path = input_.path + "/slots/" + slot.name;
    made.where = input_.where;
    made.optional = slot.optional;
    made.of_catalogue = graph == nullptr || !graph->plugin.empty();
    return std::make_shared<const SlotStandard>(std::move(made));
  }

  static SlotContent faulty() { return {{}, true}; }

  SlotContent chosen(const GraphSlot& slot, const SlotFilling& filling) {
    if (filling.many && !slot.many) {
      report("wrong-type", filling.where, slot, "Slot '" + slot.name + "' takes one component, not several named ones.",
             "a name or one component", std::to_string(filling.fillers.size()) + " named entries");
      return faulty();
    }
    SlotContent content;
    for (const Node& filler : filling.fillers) {
      if (filler.component.kind == Component::Kind::slot) {
        if (!pass_on(slot, filling, filler, content)) return faulty();
      } else if (filler.component.kind != Component::Kind::empty || filler.component.faulty) {
        const Graph* around = input_.origin == nullptr ? nullptr : input_.origin->graph;
        content.entries.push_back({filler.name, &filler.component, input_.origin, nullptr,
                                   around == nullptr ? nullptr : standard(slot, SlotStandard::By::graph, around)});
      }
    }
    if (content.faulty || !content.entries.empty() || slot.optional || slot.many) return content;
    report_empty(slot, filling.where);
    return faulty();
  }

  /// `{"slot": "name"}`: what stands in a slot of the surrounding graph goes into this one. False when that is wrong.
  bool pass_on(const GraphSlot& slot, const SlotFilling& filling, const Node& filler, SlotContent& content) {
    const std::string& name = filler.component.name;
    const Graph* around = input_.origin == nullptr ? nullptr : input_.origin->graph;
    std::vector<std::string> known;
    if (around != nullptr) {
      for (const GraphSlot& declared : around->slots) known.push_back(declared.name);
    }
    if (std::ranges::find(known, name) == known.end()) {
      report("unknown-slot", filler.component.name_where, slot,
             around == nullptr
                 ? "A slot can only be passed on inside a graph: nothing around this has a slot '" + name + "'."
                 : "Graph '" + around->name + "' has no slot '" + name + "' that could be passed on.",
             known.empty() ? "no slots" : joined(known), "'" + name + "'", nearest_name(name, known));
      return false;
    }
    if (!filler.component.parameters.empty() || !filler.component.bindings.empty() ||
        !filler.component.streams.empty()) {
      report("misplaced-key", filler.component.where, slot,
             "What is passed on from slot '" + name +
                 "' is used as it is: it takes no parameters, ports and streams here.",
             "{\"slot\": \"" + name + "\"} and nothing beside it");
      return false;
    }
    const auto outer = input_.origin->slots.find(name);
    if (outer == input_.origin->slots.end()) return false;  // its role is unknown, which was reported
    content.faulty = content.faulty || outer->second.faulty;
    const std::vector<SlotEntry>& entries = outer->second.entries;
    if (entries.size() > 1 && !slot.many) {
      report("wrong-type", filler.component.where, slot,
             "Slot '" + slot.name + "' takes one component, but slot '" + name + "' holds several.", "one component",
             std::to_string(entries.size()) + " components");
      return false;
    }
    for (SlotEntry entry : entries) {
      const bool outer_many = std::ranges::find(around->slots, name, &GraphSlot::name)->many;
      if (filling.many) entry.name = filler.name + (outer_many ? "/" + entry.name : "");
      content.entries.push_back(std::move(entry));
    }
    return true;
  }

  /// Where the names of offers are looked for first.
  [[nodiscard]] std::string encoding_plugin() const {
    const auto& encodings = input_.draft.registry.encodings();
    const auto own =
        std::ranges::find(encodings, input_.draft.encoding.name, [](const auto& entry) { return entry.name; });
    return own == encodings.end() ? "" : own->plugin;
  }

  SlotContent offered(const GraphSlot& slot) {
    if (input_.may_stay_open) return faulty();
    if (slot.role == "evaluator" && input_.draft.problem.evaluator != nullptr) {
      return {{SlotEntry{slot.name, nullptr, scope_.published, input_.draft.problem.evaluator}}};
    }
    if (slot.many) return {};
    for (const std::vector<Offer>* offers : {&input_.draft.problem.offers, &input_.draft.encoding.offers}) {
      const auto offer = std::ranges::find(*offers, slot.role, &Offer::role);
      if (offer == offers->end()) continue;
      offered_.push_back(std::make_unique<Component>());
      offered_.back()->kind = Component::Kind::operation;
      offered_.back()->name = input_.draft.registry.resolved(offer->name, encoding_plugin());
      offered_.back()->where = slot.where;
      offered_.back()->name_where = slot.where;
      return {{SlotEntry{slot.name, offered_.back().get(), scope_.published, nullptr,
                         standard(slot, SlotStandard::By::offer, nullptr)}}};
    }
    if (slot.optional) return {};
    report_empty(slot, input_.where);
    return faulty();
  }

  void report_empty(const GraphSlot& slot, const SourceLocation& where) {
    const Problem& problem = input_.draft.problem;
    std::vector<std::string> offers;
    bool offers_role = false;
    for (const std::vector<Offer>* list : {&problem.offers, &input_.draft.encoding.offers}) {
      for (const Offer& offer : *list) {
        offers.push_back(offer.name + " (" + offer.role + ")");
        offers_role = offers_role || offer.role == slot.role;
      }
    }
    std::vector<std::string> fitting;
    for (const auto& encoding : input_.draft.registry.encodings()) {
      if (std::ranges::find(encoding.content->offers, slot.role, &Offer::role) == encoding.content->offers.end())
        continue;
      fitting.push_back("a problem with the encoding " + encoding.name);
    }
    for (const std::string& name : input_.draft.registry.fillers(slot.role)) fitting.push_back(name);
    report("empty-slot", where, slot,
           "Slot '" + slot.name + "' of " + input_.owner + " needs something for the role '" + slot.role + "'" +
               (offers_role ? ", and it is left empty."
                            : ", and problem '" + problem.name + "' (encoding " + problem.encoding +
                                  ") offers nothing for it."),
           fitting.empty() ? "nothing that is loaded fills this role" : "one of: " + joined(fitting),
           offers.empty() ? "no offers" : "offers: " + joined(offers));
  }

  void report(std::string code, const SourceLocation& where, const GraphSlot& slot, std::string message,
              std::string expected = "", std::string found = "", std::string suggestion = "") {
    diagnostics_.add({std::move(code), Severity::error, where, input_.path + "/slots/" + slot.name, std::move(message),
                      std::move(expected), std::move(found), std::move(suggestion)});
  }

  Scope& scope_;
  const WiringInput& input_;
  OfferedComponents& offered_;
  Diagnostics& diagnostics_;
};

}  // namespace

void fill_slots(Scope& scope, const WiringInput& input, OfferedComponents& offered, Diagnostics& diagnostics) {
  SlotWiring(scope, input, offered, diagnostics).fill();
}

}  // namespace skein::compiler
