package org.relevo.access.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.relevo.access.Action;
import org.relevo.access.OpenToAll;
import org.relevo.access.Requires;
import org.relevo.access.SetupCode;
import org.relevo.access.Workspaces;
import org.relevo.access.Workspaces.Founder;
import org.relevo.platform.ProblemException;
import org.relevo.platform.Uuid7;
import org.relevo.platform.Workspace;
import org.relevo.platform.WorkspaceId;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The first run: whoever has the code that was printed at the start begins the first workspace. */
@RestController
@RequestMapping("/api/v1/setup")
class SetupController {

    record SetupState(boolean needed, boolean codeRequired) {}

    record SetupRequest(
            @NotBlank String code,
            @NotBlank @Size(max = 120) String workspaceName,
            @NotBlank @Size(max = 120) String name,
            @NotBlank @Email @Size(max = 254) String email,
            @NotBlank String password,
            @NotBlank String locale,
            @NotBlank String timeZone) {}

    private final Workspaces workspaces;
    private final SetupCode code;
    private final SignIn signIn;

    SetupController(Workspaces workspaces, SetupCode code, SignIn signIn) {
        this.workspaces = workspaces;
        this.code = code;
        this.signIn = signIn;
    }

    @GetMapping
    @OpenToAll(because = "tells only whether this installation is new")
    SetupState state() {
        return new SetupState(workspaces.all().isEmpty(), true);
    }

    @PostMapping
    @OpenToAll(because = "needs the code printed at the start, and only while there is no workspace")
    SessionView begin(@Valid @RequestBody SetupRequest request, HttpServletRequest http) {
        if (!workspaces.all().isEmpty()) {
            throw new ProblemException("already-set-up", 409);
        }
        if (!code.matches(request.code())) {
            throw ProblemException.invalid("/code", "field.setup-code-wrong");
        }
        var workspace = new WorkspaceId(Uuid7.next());
        var founder = new Founder(request.name(), request.email(), request.password(), request.locale());
        var person = Workspace.call(
                workspace,
                () -> workspaces.found(workspace, request.workspaceName(), request.timeZone(), founder, false));
        return signIn.begin(person, workspace, http);
    }

    @PostMapping("/finished")
    @Requires(Action.WORKSPACE_MANAGE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void finish() {
        workspaces.finishSetUp();
    }
}
