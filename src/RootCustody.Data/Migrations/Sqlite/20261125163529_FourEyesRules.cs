using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace RootCustody.Data.Migrations.Sqlite
{
    /// <inheritdoc />
    public partial class FourEyesRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Proposals");

            migrationBuilder.AddColumn<long>(
                name: "NotBefore",
                table: "StepUps",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AnswerTime",
                table: "Requests",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "ApprovedAt",
                table: "Requests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "ContactApprover",
                table: "Requests",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DutyAfter",
                table: "Requests",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<Guid>(
                name: "DutyApprover",
                table: "Requests",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "DutyAt",
                table: "Requests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "Edits",
                table: "Requests",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<long>(
                name: "ExtendBy",
                table: "Requests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "FirstApprovalAt",
                table: "Requests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "MfaExtender",
                table: "Requests",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "MfaInHandAt",
                table: "Requests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "NeedsContact",
                table: "Requests",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "NeedsDuty",
                table: "Requests",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "PasswordExtender",
                table: "Requests",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "PasswordInHandAt",
                table: "Requests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "RemindedAt",
                table: "Requests",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "ReminderEvery",
                table: "Requests",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AddColumn<long>(
                name: "StepDueAt",
                table: "Requests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "WidenAt",
                table: "Requests",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "AwayUntil",
                table: "People",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "FreezeWaitsSince",
                table: "People",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "FrozenAt",
                table: "People",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "IsAdministrator",
                table: "People",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<bool>(
                name: "IsAuditor",
                table: "People",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<long>(
                name: "ProbingToldAt",
                table: "People",
                type: "INTEGER",
                nullable: true);

            migrationBuilder.AddColumn<long>(
                name: "CoolsUntil",
                table: "Identities",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0L);

            migrationBuilder.AlterColumn<Guid>(
                name: "Request",
                table: "CardPlaces",
                type: "TEXT",
                nullable: true,
                oldClrType: typeof(Guid),
                oldType: "TEXT");

            migrationBuilder.AddColumn<Guid>(
                name: "Proposal",
                table: "CardPlaces",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Why",
                table: "CardPlaces",
                type: "TEXT",
                maxLength: 1000,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "Withdrawn",
                table: "CardPlaces",
                type: "INTEGER",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<Guid>(
                name: "Management",
                table: "Accounts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "Assignments",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Customer = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Assignments", x => new { x.Person, x.Customer });
                    table.ForeignKey(
                        name: "FK_Assignments_People_Person",
                        column: x => x.Person,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ChangeProposals",
                columns: table => new
                {
                    Id = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Expires = table.Column<long>(type: "INTEGER", nullable: false),
                    Change = table.Column<string>(type: "TEXT", nullable: false),
                    Order = table.Column<string>(type: "TEXT", nullable: false),
                    ProposedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    First = table.Column<Guid>(type: "TEXT", nullable: true),
                    Second = table.Column<Guid>(type: "TEXT", nullable: true),
                    RejectedBy = table.Column<Guid>(type: "TEXT", nullable: true),
                    Why = table.Column<string>(type: "TEXT", maxLength: 2000, nullable: true),
                    State = table.Column<int>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ChangeProposals", x => x.Id);
                    table.CheckConstraint("CK_ChangeProposals_MadeByTwo", "\"State\" <> 3 OR (\"First\" IS NOT NULL AND \"Second\" IS NOT NULL)");
                    table.CheckConstraint("CK_ChangeProposals_TwoPeople", "\"First\" <> \"Second\"");
                });

            migrationBuilder.CreateTable(
                name: "FormerIdentities",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Realm = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    User = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    UnlinkedAt = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_FormerIdentities", x => x.Id);
                    table.ForeignKey(
                        name: "FK_FormerIdentities_People_Person",
                        column: x => x.Person,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "Invitations",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Hash = table.Column<byte[]>(type: "BLOB", nullable: false),
                    Expires = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Invitations", x => x.Person);
                });

            migrationBuilder.CreateTable(
                name: "Keepers",
                columns: table => new
                {
                    Account = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Thing = table.Column<int>(type: "INTEGER", nullable: false),
                    Label = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Since = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Keepers", x => new { x.Account, x.Person, x.Thing, x.Label });
                });

            migrationBuilder.CreateTable(
                name: "LinkAttempts",
                columns: table => new
                {
                    Platform = table.Column<int>(type: "INTEGER", nullable: false),
                    Realm = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    User = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Proven = table.Column<byte[]>(type: "BLOB", nullable: true),
                    ProvenUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Version = table.Column<int>(type: "INTEGER", nullable: false),
                    LockedUntil = table.Column<long>(type: "INTEGER", nullable: true),
                    NotBefore = table.Column<long>(type: "INTEGER", nullable: true),
                    Wrong = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_LinkAttempts", x => new { x.Platform, x.Realm, x.User });
                });

            migrationBuilder.CreateTable(
                name: "NamedDangers",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Request = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_NamedDangers", x => new { x.Request, x.Person });
                    table.ForeignKey(
                        name: "FK_NamedDangers_Requests_Request",
                        column: x => x.Request,
                        principalTable: "Requests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "OnCallShifts",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Group = table.Column<Guid>(type: "TEXT", nullable: false),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    From = table.Column<long>(type: "INTEGER", nullable: false),
                    Until = table.Column<long>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_OnCallShifts", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "Refusals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    What = table.Column<string>(type: "TEXT", maxLength: 100, nullable: false),
                    Account = table.Column<Guid>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Refusals", x => x.Id);
                });

            migrationBuilder.CreateTable(
                name: "StepBacks",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Request = table.Column<Guid>(type: "TEXT", nullable: false),
                    Half = table.Column<int>(type: "INTEGER", nullable: false),
                    Reason = table.Column<int>(type: "INTEGER", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_StepBacks", x => new { x.Request, x.Person, x.At });
                    table.ForeignKey(
                        name: "FK_StepBacks_Requests_Request",
                        column: x => x.Request,
                        principalTable: "Requests",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "ConcernedPersons",
                columns: table => new
                {
                    Person = table.Column<Guid>(type: "TEXT", nullable: false),
                    Proposal = table.Column<Guid>(type: "TEXT", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ConcernedPersons", x => new { x.Proposal, x.Person });
                    table.ForeignKey(
                        name: "FK_ConcernedPersons_ChangeProposals_Proposal",
                        column: x => x.Proposal,
                        principalTable: "ChangeProposals",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Requests_StepDueAt",
                table: "Requests",
                column: "StepDueAt");

            migrationBuilder.CreateIndex(
                name: "IX_People_FreezeWaitsSince",
                table: "People",
                column: "FreezeWaitsSince");

            migrationBuilder.CreateIndex(
                name: "IX_CardPlaces_Person",
                table: "CardPlaces",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_CardPlaces_Proposal",
                table: "CardPlaces",
                column: "Proposal");

            migrationBuilder.CreateIndex(
                name: "IX_ChangeProposals_State_Expires",
                table: "ChangeProposals",
                columns: new[] { "State", "Expires" });

            migrationBuilder.CreateIndex(
                name: "IX_FormerIdentities_Person",
                table: "FormerIdentities",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_FormerIdentities_Platform_Realm_User",
                table: "FormerIdentities",
                columns: new[] { "Platform", "Realm", "User" });

            migrationBuilder.CreateIndex(
                name: "IX_Keepers_Person",
                table: "Keepers",
                column: "Person");

            migrationBuilder.CreateIndex(
                name: "IX_LinkAttempts_At",
                table: "LinkAttempts",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_OnCallShifts_Group_Until",
                table: "OnCallShifts",
                columns: new[] { "Group", "Until" });

            migrationBuilder.CreateIndex(
                name: "IX_Refusals_At",
                table: "Refusals",
                column: "At");

            migrationBuilder.CreateIndex(
                name: "IX_Refusals_Person_At",
                table: "Refusals",
                columns: new[] { "Person", "At" });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "Assignments");

            migrationBuilder.DropTable(
                name: "ConcernedPersons");

            migrationBuilder.DropTable(
                name: "FormerIdentities");

            migrationBuilder.DropTable(
                name: "Invitations");

            migrationBuilder.DropTable(
                name: "Keepers");

            migrationBuilder.DropTable(
                name: "LinkAttempts");

            migrationBuilder.DropTable(
                name: "NamedDangers");

            migrationBuilder.DropTable(
                name: "OnCallShifts");

            migrationBuilder.DropTable(
                name: "Refusals");

            migrationBuilder.DropTable(
                name: "StepBacks");

            migrationBuilder.DropTable(
                name: "ChangeProposals");

            migrationBuilder.DropIndex(
                name: "IX_Requests_StepDueAt",
                table: "Requests");

            migrationBuilder.DropIndex(
                name: "IX_People_FreezeWaitsSince",
                table: "People");

            migrationBuilder.DropIndex(
                name: "IX_CardPlaces_Person",
                table: "CardPlaces");

            migrationBuilder.DropIndex(
                name: "IX_CardPlaces_Proposal",
                table: "CardPlaces");

            migrationBuilder.DropColumn(
                name: "NotBefore",
                table: "StepUps");

            migrationBuilder.DropColumn(
                name: "AnswerTime",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "ApprovedAt",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "ContactApprover",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "DutyAfter",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "DutyApprover",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "DutyAt",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "Edits",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "ExtendBy",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "FirstApprovalAt",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "MfaExtender",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "MfaInHandAt",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "NeedsContact",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "NeedsDuty",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "PasswordExtender",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "PasswordInHandAt",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "RemindedAt",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "ReminderEvery",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "StepDueAt",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "WidenAt",
                table: "Requests");

            migrationBuilder.DropColumn(
                name: "AwayUntil",
                table: "People");

            migrationBuilder.DropColumn(
                name: "FreezeWaitsSince",
                table: "People");

            migrationBuilder.DropColumn(
                name: "FrozenAt",
                table: "People");

            migrationBuilder.DropColumn(
                name: "IsAdministrator",
                table: "People");

            migrationBuilder.DropColumn(
                name: "IsAuditor",
                table: "People");

            migrationBuilder.DropColumn(
                name: "ProbingToldAt",
                table: "People");

            migrationBuilder.DropColumn(
                name: "CoolsUntil",
                table: "Identities");

            migrationBuilder.DropColumn(
                name: "Proposal",
                table: "CardPlaces");

            migrationBuilder.DropColumn(
                name: "Why",
                table: "CardPlaces");

            migrationBuilder.DropColumn(
                name: "Withdrawn",
                table: "CardPlaces");

            migrationBuilder.DropColumn(
                name: "Management",
                table: "Accounts");

            migrationBuilder.AlterColumn<Guid>(
                name: "Request",
                table: "CardPlaces",
                type: "TEXT",
                nullable: false,
                defaultValue: new Guid("00000000-0000-0000-0000-000000000000"),
                oldClrType: typeof(Guid),
                oldType: "TEXT",
                oldNullable: true);

            migrationBuilder.CreateTable(
                name: "Proposals",
                columns: table => new
                {
                    Id = table.Column<long>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    At = table.Column<long>(type: "INTEGER", nullable: false),
                    Change = table.Column<string>(type: "TEXT", maxLength: 800, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_Proposals", x => x.Id);
                });

            migrationBuilder.CreateIndex(
                name: "IX_Proposals_Change",
                table: "Proposals",
                column: "Change",
                unique: true);
        }
    }
}
