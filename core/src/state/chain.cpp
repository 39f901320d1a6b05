#include "state/chain.hpp"

#include <algorithm>
#include <optional>

#include "state/column.hpp"
#include "state/frame.hpp"
#include "state/pipeline_state.hpp"

namespace skein {
namespace {

/// What the bindings of one member come to: how its ports show their elements.
struct ElementwiseMember {
  std::size_t width = 0;
  std::size_t row_elements = 0;
  std::vector<ElementForm> forms;  ///< of its ports
};

class ChainFormer {
 public:
  explicit ChainFormer(PipelineState& state, const Plan& plan) : state_(state), plan_(plan) {}

  void add(std::size_t member) {
    const std::optional<ElementwiseMember> elementwise = examine(*state_.members[member].step);
    if (!elementwise) return;
    if (state_.chains.empty() || state_.chains.back().last != member ||
        state_.chains.back().width != elementwise->width ||
        state_.chains.back().row_elements != elementwise->row_elements) {
      Chain chain;
      chain.first = member;
      chain.width = elementwise->width;
      chain.row_elements = elementwise->row_elements;
      chain.first_element = state_.element_count;
      state_.chains.push_back(std::move(chain));
    }
    append(state_.chains.back(), member, elementwise->forms);
  }

 private:
  [[nodiscard]] std::optional<ElementwiseMember> examine(const PlanStep& step) const {
    if (step.table->element_kernel == nullptr) return std::nullopt;
    ElementwiseMember member;
    for (std::size_t port = 0; port < step.ports.size(); ++port) {
      if (!is_one_part(step.ports[port])) return std::nullopt;
      if (step.table->ports[port].direction != Direction::in) member.width = part_of(step.ports[port]).width;
    }
    for (std::size_t port = 0; port < step.ports.size(); ++port) {
      const std::optional<ElementForm> form = form_of(step.ports[port], member.width);
      if (!form) return std::nullopt;
      const bool is_written = step.table->ports[port].direction != Direction::in;
      if (is_written && form != ElementForm::column) return std::nullopt;
      member.forms.push_back(*form);
      if (form != ElementForm::column) continue;
      const std::size_t row_elements = row_elements_of(step.ports[port]);
      if (member.row_elements != 0 && member.row_elements != row_elements) return std::nullopt;
      member.row_elements = row_elements;
    }
    return member;
  }

  [[nodiscard]] bool is_one_part(const PlanBinding& binding) const {
    return binding.kind == PlanBinding::Kind::variable && plan_.variables[binding.index].parts.size() == 1;
  }

  [[nodiscard]] const Part& part_of(const PlanBinding& binding) const {
    return plan_.variables[binding.index].parts.front();
  }

  [[nodiscard]] std::optional<ElementForm> form_of(const PlanBinding& binding, std::size_t width) const {
    const bool is_column = plan_.variables[binding.index].population != no_population;
    const std::size_t own_width = part_of(binding).width;
    if (is_column && own_width == width) return ElementForm::column;
    if (own_width == 1) return is_column ? ElementForm::row_number : ElementForm::one;
    if (!is_column && own_width == width) return ElementForm::repeated;
    return std::nullopt;
  }

  [[nodiscard]] std::size_t row_elements_of(const PlanBinding& binding) const {
    const Part& part = part_of(binding);
    return is_strip_variable(binding) ? strip_row_elements(part.width) : row_stride(part) / element_bytes(part.element);
  }

  [[nodiscard]] bool is_strip_variable(const PlanBinding& binding) const {
    return std::ranges::count(state_.strip_variables, binding.index) != 0;
  }

  void append(Chain& chain, std::size_t index, const std::vector<ElementForm>& forms) {
    const PlanStep& step = *state_.members[index].step;
    const void* const prepared = step.prepared.get();
    chain.links.push_back({step.table->element_kernel(prepared), prepared, chain.ports.size()});
    for (std::size_t port = 0; port < forms.size(); ++port) {
      ChainPort chain_port{index, port, element_bytes(part_of(step.ports[port]).element)};
      if (forms[port] != ElementForm::column) {
        chain_port.spread = spread_of(chain, chain_port, forms[port]);
      } else if (!is_strip_variable(step.ports[port])) {
        chain.moving.push_back(chain.ports.size());
      }
      chain.ports.push_back(chain_port);
    }
    chain.last = index + 1;
    state_.element_count += forms.size();
  }

  /// The number of the spread that the port reads: one per variable.
  std::size_t spread_of(Chain& chain, const ChainPort& port, ElementForm form) {
    const std::size_t variable = state_.members[port.member].step->ports[port.port].index;
    const auto found = std::ranges::find(chain.spreads, variable, &Spread::variable);
    if (found != chain.spreads.end()) return static_cast<std::size_t>(found - chain.spreads.begin());
    const std::size_t count = form == ElementForm::one ? 8 : state_.strip_rows * chain.row_elements;
    chain.spreads.push_back({form, variable, port.element_bytes, state_.bytes, port.member, port.port});
    state_.bytes += rounded_up(count * port.element_bytes, cache_line_bytes);
    return chain.spreads.size() - 1;
  }

  PipelineState& state_;
  const Plan& plan_;
};

}  // namespace

void form_chains(PipelineState& state, const Plan& plan) {
  ChainFormer former(state, plan);
  for (std::size_t member = 0; member < state.members.size(); ++member) former.add(member);
}

std::size_t strip_row_elements(std::size_t width) noexcept {
  return row_stride({Element::real, width}) / element_bytes(Element::real);
}

}  // namespace skein
