/**
 * What every module may use: typed ids, money, paging, problems, the workspace of the running work, blobs, secrets,
 * events and jobs. Owns the schema {@code platform}. No business word lives here and no module is called from here.
 */
@ApplicationModule(
        displayName = "Platform",
        allowedDependencies = {},
        type = ApplicationModule.Type.OPEN)
@NullMarked
package org.relevo.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
