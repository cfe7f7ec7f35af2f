/**
 * The detector's web server: events and their sound over HTTP.
 *
 * <p>{@link io.earshot.detector.web.WebServer} takes sets of {@link
 * io.earshot.detector.web.Routes}; {@link io.earshot.detector.web.ClipRoutes} are those of {@link
 * io.earshot.detector.clip}, {@link io.earshot.detector.web.PageRoutes} the live page, which asks
 * the others for what it shows. {@link io.earshot.detector.web.Guard} says who may ask. The only
 * package that knows Javalin and Jetty.
 */
package io.earshot.detector.web;
