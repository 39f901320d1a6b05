// Every test function, one line each.
#pragma once

namespace skein {

struct RealVectorProblemKind;

const RealVectorProblemKind& ackley_problem();
const RealVectorProblemKind& beale_problem();
const RealVectorProblemKind& booth_problem();
const RealVectorProblemKind& griewank_problem();
const RealVectorProblemKind& levy_problem();
const RealVectorProblemKind& matyas_problem();
const RealVectorProblemKind& multinormal_problem();
const RealVectorProblemKind& random_problem();
const RealVectorProblemKind& rastrigin_problem();
const RealVectorProblemKind& rosenbrock_problem();
const RealVectorProblemKind& schwefel_problem();
const RealVectorProblemKind& sphere_problem();
const RealVectorProblemKind& sum_squares_problem();
const RealVectorProblemKind& zakharov_problem();

}  // namespace skein
