# cmake --install: the engine, the tool, the shipped plugins and what is needed to write further ones. The whole folder
# may be moved: its parts find each other by where they stand.
include(CMakePackageConfigHelpers)

set(controller_tuning_headers controller_tuning.hpp double_pendulum.hpp memory_efficient_tuner.hpp
  pendulum_controllers.hpp pendulum_simulation.hpp)
set(config_directory ${CMAKE_INSTALL_LIBDIR}/cmake/skein)
set(data_directory ${CMAKE_INSTALL_DATADIR}/skein)
cmake_path(RELATIVE_PATH CMAKE_INSTALL_FULL_LIBDIR
  BASE_DIRECTORY ${CMAKE_INSTALL_FULL_BINDIR} OUTPUT_VARIABLE libraries_from_programs)

set_target_properties(skein_tool PROPERTIES INSTALL_RPATH "$ORIGIN/${libraries_from_programs}")
install(TARGETS skein_tool RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
set_target_properties(skein_controller_tuning PROPERTIES INSTALL_RPATH "$ORIGIN")
install(TARGETS skein_core skein_arithmetic skein_real_vector_problem skein_controller_tuning
  EXPORT skein-targets
  LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/core/include/skein DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(FILES
  ${PROJECT_SOURCE_DIR}/encodings/include/skein/encodings/real_vector_parameters.hpp
  ${PROJECT_SOURCE_DIR}/encodings/include/skein/encodings/real_vector_problem.hpp
  DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/skein/encodings)
list(TRANSFORM controller_tuning_headers PREPEND ${PROJECT_SOURCE_DIR}/problems/include/skein/problems/)
install(FILES ${controller_tuning_headers} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/skein/problems)

get_property(plugins GLOBAL PROPERTY SKEIN_SHIPPED_PLUGINS)
foreach(plugin IN LISTS plugins)
  # From skein/plugins to libskein.
  set_target_properties(skein_plugin_${plugin} PROPERTIES INSTALL_RPATH "$ORIGIN/../..")
  install(TARGETS skein_plugin_${plugin} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/skein/plugins)
  file(GLOB graphs CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/plugins/${plugin}/*.json)
  install(FILES ${graphs} DESTINATION ${data_directory}/graphs/${plugin})
endforeach()

# The same texts stand inside the plugin: these are for reading, and to start from.
install(DIRECTORY ${PROJECT_SOURCE_DIR}/problems/combinatorial/instances DESTINATION ${data_directory})

# The schema knows the shipped plugins and no others.
set(schema ${PROJECT_BINARY_DIR}/share/skein/skein.schema.json)
file(MAKE_DIRECTORY ${PROJECT_BINARY_DIR}/share/skein)
list(TRANSFORM plugins PREPEND skein_plugin_ OUTPUT_VARIABLE modules)
add_custom_command(
  OUTPUT ${schema}
  COMMAND ${CMAKE_COMMAND} -E env --unset=SKEIN_PLUGIN_PATH $<TARGET_FILE:skein_tool> schema --output ${schema}
  DEPENDS skein_tool skein_core ${modules}
  COMMENT "Writing the schema of documents"
  VERBATIM)
add_custom_target(skein_schema ALL DEPENDS ${schema})
install(FILES ${schema} DESTINATION ${data_directory})
# Laid out as in the source tree, so that the links of the pages and the examples that they name are found.
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE ${PROJECT_SOURCE_DIR}/README.md ${PROJECT_SOURCE_DIR}/CHANGELOG.md
  DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY ${PROJECT_SOURCE_DIR}/apps/examples DESTINATION ${CMAKE_INSTALL_DOCDIR}/apps)

# The package: find_package(skein CONFIG).
install(EXPORT skein-targets NAMESPACE skein:: DESTINATION ${config_directory})
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/skein-config.cmake.in ${PROJECT_BINARY_DIR}/skein-config.cmake
  INSTALL_DESTINATION ${config_directory}
  NO_SET_AND_CHECK_MACRO)
set(compatibility SameMajorVersion)
if(PROJECT_VERSION_MAJOR EQUAL 0)
  set(compatibility SameMinorVersion)
endif()
write_basic_package_version_file(${PROJECT_BINARY_DIR}/skein-config-version.cmake COMPATIBILITY ${compatibility})
install(FILES
  ${PROJECT_BINARY_DIR}/skein-config.cmake
  ${PROJECT_BINARY_DIR}/skein-config-version.cmake
  ${PROJECT_SOURCE_DIR}/cmake/plugin/SkeinPlugin.cmake
  ${PROJECT_SOURCE_DIR}/cmake/plugin/embed.cmake
  ${PROJECT_SOURCE_DIR}/cmake/plugin/embedded_documents.hpp.in
  DESTINATION ${config_directory})
