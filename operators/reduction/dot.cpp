#include "operators/all.hpp"
#include "operators/arithmetic/components.hpp"
#include "skein/math.hpp"
#include "skein/operator.hpp"

namespace skein {
namespace {

/// product <- first_1 second_1 + ... + first_d second_d, the scalar product of every row, summed in 8 fixed lanes.
///
/// Cost: one multiplication per component.
struct Dot {
  static constexpr std::string_view name = "dot";
  static constexpr std::string_view summary = "takes the scalar product of two vectors in every row";

  struct Ports {
    In<double> first, second;
    Out<double> product;
  };
  static constexpr auto ports = std::tuple{
      in("first", &Ports::first, "real[n,d]", "first factor"),
      in("second", &Ports::second, "real[n,d]", "second factor: one for all, per row, per dimension or per component")
          .broadcast(),
      out("product", &Ports::product, "real[n]", "the scalar products")};

  static void run(const Ports& io, RowContext& context) noexcept {
    const Rows rows = context.rows();
    const auto write = [&](auto second_reader) {
      for (std::size_t row = rows.first; row < rows.last; ++row) {
        const double* first = io.first.row(row);
        const auto second = second_reader(row);
        const auto term = [first, second](std::size_t i) { return first[i] * second(i); };
        io.product.value(row) = math::sum8(io.first.width(), term);
      }
    };
    components::with_reader(write, io.second);
  }
};

}  // namespace

const OperatorTable& dot_operator() { return operator_table<Dot>(); }

}  // namespace skein
