// The equations of motion of all plants.
#if defined(SKEIN_PROBLEMS_CONTROLLER_TUNING_PLANTS_INL_HPP) == defined(HWY_TARGET_TOGGLE)
#ifdef SKEIN_PROBLEMS_CONTROLLER_TUNING_PLANTS_INL_HPP
#undef SKEIN_PROBLEMS_CONTROLLER_TUNING_PLANTS_INL_HPP
#else
#define SKEIN_PROBLEMS_CONTROLLER_TUNING_PLANTS_INL_HPP
#endif

#include "problems/controller_tuning/numbers-inl.hpp"
#include "problems/controller_tuning/plant_constants.hpp"
#include "problems/controller_tuning/state-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace skein::HWY_NAMESPACE {

/// Sines and cosines of the angles, and of first_angle - second_angle.
template <class Real>
struct Angles {
  Real s1, c1, s2, c2, s12, c12;
};

template <class Real>
HWY_INLINE Angles<Real> angles_of(const State<Real>& x) noexcept {
  Angles<Real> a;
  a.s1 = sine(x.first_angle);
  a.c1 = cosine(x.first_angle);
  a.s2 = sine(x.second_angle);
  a.c2 = cosine(x.second_angle);
  a.s12 = a.s1 * a.c2 - a.c1 * a.s2;
  a.c12 = a.c1 * a.c2 + a.s1 * a.s2;
  return a;
}

/// A symmetric matrix of three rows.
template <class Real>
struct MassMatrix {
  Real m11, m12, m13, m22, m23, m33;
};

/// A force on the cart, and torques.
template <class Real>
struct Forces {
  Real f1, f2, f3;
};

/// M = [[m0 + m1 + m2, h1 c1, h2 c2], [., J1, k c12], [., ., J2]] for `lagrangian`, with J1 and J2 about the joints and
/// k the coupling. The others: M12 = s (h1 c1 + h2 c2) and M13 = s h2 c2 with s = 1/2, M22 = J1 + J2 and M23 = 0.8 J2
/// for `simplified`; s = 1, M22 = J1 + J2 + 2 k c12 and M23 = J2 + k c12 for `full` and `full_with_friction`.
template <class Real>
HWY_INLINE MassMatrix<Real> mass_matrix(const PlantConstants& p, const Angles<Real>& a) noexcept {
  const Real j1 = p.first_inertia;
  const Real j2 = p.second_inertia;
  const Real first = a.c1 * Real(p.h1);
  const Real second = a.c2 * Real(p.h2);
  const Real bend = a.c12 * Real(p.coupling);
  const Real total(p.total_mass);
  switch (p.equations) {
    case PendulumEquations::lagrangian:
      return {total, first, second, j1, bend, j2};
    case PendulumEquations::simplified:
      return {total, Real(0.5) * first + Real(0.5) * second, Real(0.5) * second, j1 + j2, Real(0.8) * j2, j2};
    default:
      return {total, first + second, second, (j1 + j2) + (bend + bend), j2 + bend, j2};
  }
}

/// f = [u + h1 s1 w1^2 + h2 s2 w2^2 - b0 v, -k s12 w2^2 + g h1 s1 - b1 w1 - b2 (w1 - w2),
/// k s12 w1^2 + g h2 s2 - b2 (w2 - w1)].
template <class Real>
HWY_INLINE Forces<Real> lagrangian_forces(const PlantConstants& p, const Angles<Real>& a, const State<Real>& x,
                                          Real force) noexcept {
  const Real w1 = x.first_rate;
  const Real w2 = x.second_rate;
  const Real first = a.s1 * Real(p.h1);
  const Real second = a.s2 * Real(p.h2);
  const Real bend = a.s12 * Real(p.coupling);
  const Real w1_squared = w1 * w1;
  const Real w2_squared = w2 * w2;
  const Real between = Real(p.second_friction) * (w1 - w2);
  return {force + first * w1_squared + second * w2_squared - Real(p.cart_friction) * x.velocity,
          Real(p.gravity) * first - bend * w2_squared - Real(p.first_friction) * w1 - between,
          Real(p.gravity) * second + bend * w1_squared + between};
}

/// f = [u, 0, 0] - C q' - G with C = [[b0, -h1 s1 w1 - h2 s2 w2, -h2 s2 w2], [0, b1 - k s12 w2, -k s12 w2],
/// [0, k s12 w1, b2]] and G = -g [0, h1 s1 + h2 s2, h2 s2].
template <class Real>
HWY_INLINE Forces<Real> published_forces(const PlantConstants& p, const Angles<Real>& a, const State<Real>& x,
                                         Real force) noexcept {
  const Real w1 = x.first_rate;
  const Real w2 = x.second_rate;
  const Real first = a.s1 * Real(p.h1);
  const Real second = a.s2 * Real(p.h2);
  const Real bend = a.s12 * Real(p.coupling);
  const Real both = first * w1 + second * w2;
  const Real turn = second * w2;
  return {force - Real(p.cart_friction) * x.velocity + both * w1 + turn * w2,
          Real(p.gravity) * (first + second) - (Real(p.first_friction) - bend * w2) * w1 + bend * w2 * w2,
          Real(p.gravity) * second - bend * w1 * w1 - Real(p.second_friction) * w2};
}

/// viscous v + coulomb sign(v) where |v| > 1e-6, else 0: added to the forces, as it was published.
template <class Real>
HWY_INLINE Real driving_friction(double viscous, double coulomb, Real v) noexcept {
  const Real sign = select(v < Real(0.0), Real(-1.0), Real(1.0));
  return select(magnitude(v) > Real(1e-6), Real(viscous) * v + Real(coulomb) * sign, Real(0.0));
}

/// published_forces with gyroscopic terms, C12 += 0.01 (w1 + w2) and C21 -= 0.01 (w1 + w2), where C is without
/// friction, and driving_friction of every joint; Coulomb friction is 0.05 N on the cart and 0.005 N m in the joints.
template <class Real>
HWY_INLINE Forces<Real> forces_with_friction(const PlantConstants& p, const Angles<Real>& a, const State<Real>& x,
                                             Real force) noexcept {
  PlantConstants smooth = p;
  smooth.cart_friction = 0.0;
  smooth.first_friction = 0.0;
  smooth.second_friction = 0.0;
  const Forces<Real> f = published_forces(smooth, a, x, force);
  const Real gyroscopic = Real(0.01) * (x.first_rate + x.second_rate);
  return {f.f1 - gyroscopic * x.first_rate + driving_friction(p.cart_friction, 0.05, x.velocity),
          f.f2 + gyroscopic * x.velocity + driving_friction(p.first_friction, 0.005, x.first_rate),
          f.f3 + driving_friction(p.second_friction, 0.005, x.second_rate)};
}

template <class Real>
HWY_INLINE Forces<Real> forces_of(const PlantConstants& p, const Angles<Real>& a, const State<Real>& x,
                                  Real force) noexcept {
  switch (p.equations) {
    case PendulumEquations::lagrangian:
      return lagrangian_forces(p, a, x, force);
    case PendulumEquations::full_with_friction:
      return forces_with_friction(p, a, x, force);
    default:
      return published_forces(p, a, x, force);
  }
}

/// d/dt (q, q') = (q', M^-1 f), M^-1 by cofactors and one division. Not inlined: Runge-Kutta calls it four times.
template <class Real>
HWY_NOINLINE State<Real> derivative_of(const PlantConstants& p, const State<Real>& x, Real force) noexcept {
  const Angles<Real> a = angles_of(x);
  const MassMatrix<Real> m = mass_matrix(p, a);
  const Forces<Real> f = forces_of(p, a, x, force);
  const Real k11 = m.m22 * m.m33 - m.m23 * m.m23;
  const Real k12 = m.m13 * m.m23 - m.m12 * m.m33;
  const Real k13 = m.m12 * m.m23 - m.m13 * m.m22;
  const Real k22 = m.m11 * m.m33 - m.m13 * m.m13;
  const Real k23 = m.m12 * m.m13 - m.m11 * m.m23;
  const Real k33 = m.m11 * m.m22 - m.m12 * m.m12;
  const Real inverse = Real(1.0) / ((m.m11 * k11 + m.m12 * k12) + m.m13 * k13);
  State<Real> rate;
  rate.position = x.velocity;
  rate.first_angle = x.first_rate;
  rate.second_angle = x.second_rate;
  rate.velocity = ((k11 * f.f1 + k12 * f.f2) + k13 * f.f3) * inverse;
  rate.first_rate = ((k12 * f.f1 + k22 * f.f2) + k23 * f.f3) * inverse;
  rate.second_rate = ((k13 * f.f1 + k23 * f.f2) + k33 * f.f3) * inverse;
  return rate;
}

}  // namespace skein::HWY_NAMESPACE
HWY_AFTER_NAMESPACE();

#endif  // per target
