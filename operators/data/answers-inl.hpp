// Kernels that ask a question of numbers at the same place, and store the answers as booleans.
#if defined(SKEIN_OPERATORS_ANSWERS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_OPERATORS_ANSWERS_INL_HPP
#undef SKEIN_OPERATORS_ANSWERS_INL_HPP
#else
#define SKEIN_OPERATORS_ANSWERS_INL_HPP
#endif

#include <utility>

#include "core/kernel/rows-inl.hpp"
#include "core/kernel/truths-inl.hpp"
#include "skein/element_kernel.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

template <class Question, std::size_t... k>
HWY_INLINE void answer(const ElementPort* ports, std::size_t first, std::size_t last,
                       std::index_sequence<k...>) noexcept {
  // Copies, because for all the compiler knows a byte that is stored may change `ports`.
  const ElementPort operand[] = {ports[k]...};
  std::uint8_t* const answers = ports[sizeof...(k)].at<std::uint8_t>(0);
  const Question question;
  for (; first + 8 <= last; first += 8) {
    store_truths(question(Reals::load(operand[k].template at<double>(first))...), answers + first);
  }
  if (first == last) return;
  const Part part(0, last - first);
  std::uint8_t rest[8];
  store_truths(question(part.load(operand[k].template at<double>(first))...), rest);
  std::memcpy(answers + first, rest, last - first);
}

template <std::size_t operands, class Question>
void answer_elements(const void*, const ElementPort* ports, std::size_t first, std::size_t count) {
  answer<Question>(ports, first, first + count, std::make_index_sequence<operands>());
}

/// The kernel of a question, a function of Reals that gives Truths. Its ports are the operands, then the answers.
template <std::size_t operands, class Question>
ElementKernel kernel_of_question(Question) noexcept {
  return &answer_elements<operands, Question>;
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
